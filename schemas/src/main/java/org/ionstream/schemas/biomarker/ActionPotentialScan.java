package org.ionstream.schemas.biomarker;

import java.util.ArrayList;
import java.util.List;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * Finds action potentials in one pass over the membrane potential. One begins where the potential rises through the
 * threshold, and no other begins before it has repolarised by 90 %: until then a rise is an early afterdepolarisation. Only
 * a stimulus may begin another one earlier, from 70 % on; before, it lifts the plateau but the cell is refractory.
 *
 * <p>One thread, one scan.
 */
final class ActionPotentialScan {
    /** What is not repolarised by this part of the amplitude is not over. */
    static final double OVER = 0.9;

    private static final double EXCITABLE = 0.7;
    private static final int NONE = -1;

    private final float[] V;
    private final TimeGrid grid;
    private final double threshold;
    private final List<Stimulation> stimulations;
    private final List<ActionPotential> found = new ArrayList<>();
    private int latestStimulus = NONE;
    private boolean answered;
    private int onsetAt = NONE;
    private int lowestAt;
    private boolean open;
    private boolean stimulated;
    private int openedAfter;
    private int restAt;
    private int crossedAt;
    private int peakAt;

    private ActionPotentialScan(float[] V, TimeGrid grid, double threshold, List<Stimulation> stimulations) {
        this.V = V;
        this.grid = grid;
        this.threshold = threshold;
        this.stimulations = stimulations;
    }

    /**
     * @param V membrane potential at the grid's samples
     * @param threshold in its unit
     */
    static List<ActionPotential> of(float[] V, TimeGrid grid, double threshold, List<Stimulation> stimulations) {
        return new ActionPotentialScan(V, grid, threshold, stimulations).run();
    }

    private List<ActionPotential> run() {
        for (int sample = 1; sample < V.length; sample++) {
            beginStimuli(sample);
            boolean crosses = V[sample - 1] < threshold && V[sample] >= threshold;
            if (open && crosses && !answered && onsetAt != NONE) {
                close(onsetAt);
                open(sample);
            } else if (open) {
                follow(sample);
            } else if (crosses) {
                open(sample);
            } else if (V[sample] < V[lowestAt]) {
                lowestAt = sample;
            }
        }
        if (open) {
            close(V.length - 1);
        }
        return found;
    }

    /** Those whose first effect is on this sample. */
    private void beginStimuli(int sample) {
        double endMs = grid.timeMs(sample) - Stimulation.ROUNDING_MS;
        while (latestStimulus + 1 < stimulations.size()
                && stimulations.get(latestStimulus + 1).onsetMs() < endMs) {
            latestStimulus++;
            answered = false;
            onsetAt = !open || isRepolarised(sample - 1, EXCITABLE) ? sample - 1 : NONE;
        }
    }

    private void open(int sample) {
        open = true;
        stimulated = latestStimulus != NONE && !answered;
        answered = true;
        openedAfter = latestStimulus;
        restAt = stimulated && onsetAt != NONE ? onsetAt : lowestAt;
        crossedAt = sample;
        peakAt = sample;
    }

    private void follow(int sample) {
        if (V[sample] > V[peakAt]) {
            peakAt = sample;
        } else if (isRepolarised(sample, OVER)) {
            close(sample);
        }
    }

    private boolean isRepolarised(int sample, double part) {
        return V[sample] <= V[peakAt] - part * (V[peakAt] - V[restAt]);
    }

    private void close(int sample) {
        found.add(new ActionPotential(openedAfter, stimulated, restAt, crossedAt, peakAt, sample));
        open = false;
        lowestAt = sample;
    }
}
