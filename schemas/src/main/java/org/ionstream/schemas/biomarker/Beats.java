package org.ionstream.schemas.biomarker;

import java.util.ArrayList;
import java.util.List;
import org.ionstream.schemas.message.Beat;
import org.ionstream.schemas.wire.TimeGrid;

/** Which stimulus and which action potential make a beat. */
final class Beats {
    private static final int NONE = -1;

    private final BeatBiomarkers biomarkers;
    private final TimeGrid grid;
    private final List<Stimulation> stimulations;

    Beats(BeatBiomarkers biomarkers, TimeGrid grid, List<Stimulation> stimulations) {
        this.biomarkers = biomarkers;
        this.grid = grid;
        this.stimulations = stimulations;
    }

    /** One per stimulus and one per other action potential, in order; if there are neither, one over the whole trajectory. */
    List<Beat> of(List<ActionPotential> found) {
        List<Beat> beats = new ArrayList<>();
        int next = 0;
        for (int stimulus = NONE; stimulus < stimulations.size(); stimulus++) {
            boolean captured = next < found.size()
                    && found.get(next).latestStimulus() == stimulus
                    && found.get(next).stimulated();
            if (stimulus != NONE && !captured) {
                beats.add(biomarkers.resting(stimulus, onsetAt(stimulus), onsetAt(stimulus + 1)));
            }
            for (; next < found.size() && found.get(next).latestStimulus() == stimulus; next++) {
                ActionPotential actionPotential = found.get(next);
                int to = next + 1 < found.size() ? found.get(next + 1).restAt() : grid.samples() - 1;
                beats.add(biomarkers.excited(actionPotential.stimulated() ? stimulus : NONE, actionPotential, to));
            }
        }
        if (beats.isEmpty()) {
            beats.add(biomarkers.resting(NONE, 0, grid.samples() - 1));
        }
        return beats;
    }

    /** The last sample that does not come after the onset; of the stimulus after the last one, the last sample. */
    private int onsetAt(int stimulus) {
        int last = grid.samples() - 1;
        return stimulus == stimulations.size()
                ? last
                : (int) Math.min(
                        last, (stimulations.get(stimulus).onsetMs() + Stimulation.ROUNDING_MS) / grid.stepMs());
    }
}
