package org.ionstream.schemas.biomarker;

import java.util.List;
import org.ionstream.schemas.cell.Excitability;
import org.ionstream.schemas.message.Beat;
import org.ionstream.schemas.message.Biomarkers;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;

/**
 * Reads the biomarkers off a trajectory. Each is defined where its field is documented, in {@link Biomarkers} and
 * {@link Beat}. A pure function.
 */
public final class TrajectoryBiomarkers {
    /** A sampled current may have thousands of stimuli, a record has room for the biomarkers of these. */
    private static final int MOST_BEATS = 50;

    private TrajectoryBiomarkers() {}

    /** @param traces finite, all variables of the stimulus's cell model, on any grid */
    public static Biomarkers of(Traces traces, Stimulus stimulus) {
        Excitability excitability = stimulus.cellModel().excitability();
        TimeGrid grid = traces.grid();
        float[] V = traces.of(excitability.potential());
        float[] calcium = excitability.calcium().isEmpty() ? null : traces.of(excitability.calcium());
        List<Stimulation> stimulations = Stimulation.of(stimulus.pulses());
        List<ActionPotential> found = ActionPotentialScan.of(V, grid, excitability.threshold(), stimulations);
        List<Beat> beats = new Beats(new BeatBiomarkers(grid, V, calcium, stimulations), grid, stimulations).of(found);
        return Biomarkers.newBuilder()
                .setStepMs(grid.stepMs())
                .setStimuli(stimulations.size())
                .setCapturedStimuli(
                        (int) found.stream().filter(ActionPotential::stimulated).count())
                .setActionPotentials(found.size())
                .setEarlyAfterdepolarisations(beats.stream()
                        .filter(Beat::getCaptured)
                        .mapToInt(Beat::getEarlyAfterdepolarisations)
                        .sum())
                .setApd90AlternansMs(Alternans.apd90Ms(beats))
                .setBeats(beats.subList(Math.max(0, beats.size() - MOST_BEATS), beats.size()))
                .build();
    }
}
