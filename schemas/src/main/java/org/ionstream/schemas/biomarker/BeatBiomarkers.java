package org.ionstream.schemas.biomarker;

import java.util.List;
import org.ionstream.schemas.message.Beat;
import org.ionstream.schemas.wire.TimeGrid;

/** Biomarkers of single beats of one trajectory, as {@link Beat} defines them. */
final class BeatBiomarkers {
    private final TimeGrid grid;
    private final float[] V;
    private final float[] calcium;
    private final List<Stimulation> stimulations;

    /** @param calcium null: the cell model has none */
    BeatBiomarkers(TimeGrid grid, float[] V, float[] calcium, List<Stimulation> stimulations) {
        this.grid = grid;
        this.V = V;
        this.calcium = calcium;
        this.stimulations = stimulations;
    }

    /**
     * Without action potential, over the samples [from, to].
     *
     * @param stimulus its index; negative: there is none
     */
    Beat resting(int stimulus, int from, int to) {
        Beat.Builder beat = beat(stimulus, from, Waveform.highest(V, from, to)).setCaptured(false);
        if (calcium != null) {
            beat.setDiastolicCalciumMm((double) calcium[from]);
        }
        return beat.build();
    }

    /**
     * @param stimulus index of its own stimulus; negative: there is none
     * @param to last sample before the next one
     */
    Beat excited(int stimulus, ActionPotential found, int to) {
        int steepest = Waveform.steepestRise(V, upstrokeFrom(stimulus, found), found.peakAt());
        double upstroke = Waveform.middleOfRise(V, steepest);
        Double apd30 = apdMs(found, upstroke, 0.3);
        Double apd90 = apdMs(found, upstroke, ActionPotentialScan.OVER);
        Beat.Builder beat = beat(stimulus, found.restAt(), found.peakAt())
                .setCaptured(true)
                .setMaxUpstrokeVelocityPerMs((V[steepest + 1] - V[steepest]) / grid.stepMs())
                .setMaxUpstrokeTimeMs(upstroke * grid.stepMs())
                .setApd30FromMaxUpstrokeMs(apd30)
                .setApd50FromMaxUpstrokeMs(apdMs(found, upstroke, 0.5))
                .setApd70FromMaxUpstrokeMs(apdMs(found, upstroke, 0.7))
                .setApd90FromMaxUpstrokeMs(apd90)
                .setTriangulationApd90MinusApd30Ms(apd90 == null || apd30 == null ? null : apd90 - apd30)
                .setEarlyAfterdepolarisations(Afterdepolarisations.count(V, found, grid, stimulations));
        if (calcium != null) {
            addCalcium(beat, found.restAt(), to);
        }
        return beat.build();
    }

    /** The stimulus itself is no upstroke, if the potential rises through the threshold only after it. */
    private int upstrokeFrom(int stimulus, ActionPotential found) {
        if (stimulus < 0) {
            return found.restAt();
        }
        double end = stimulations.get(stimulus).endMs() / grid.stepMs();
        return end <= found.crossedAt()
                ? (int) Math.max(found.restAt(), Math.min(found.crossedAt() - 1, Math.ceil(end)))
                : found.restAt();
    }

    private Beat.Builder beat(int stimulus, int restAt, int peakAt) {
        return Beat.newBuilder()
                .setOnsetMs(
                        stimulus < 0
                                ? grid.timeMs(restAt)
                                : stimulations.get(stimulus).onsetMs())
                .setStimulated(stimulus >= 0)
                .setRestingPotential(V[restAt])
                .setPeakPotential(V[peakAt])
                .setAmplitudeFromResting((double) V[peakAt] - V[restAt]);
    }

    private Double apdMs(ActionPotential found, double upstroke, double repolarised) {
        double peak = V[found.peakAt()];
        double level = peak - repolarised * (peak - V[found.restAt()]);
        return durationMs(upstroke, Waveform.fall(V, found.peakAt(), found.endAt(), level));
    }

    private void addCalcium(Beat.Builder beat, int restAt, int to) {
        int peakAt = Waveform.highest(calcium, restAt, to);
        double peak = calcium[peakAt];
        double amplitude = peak - calcium[restAt];
        beat.setDiastolicCalciumMm((double) calcium[restAt]);
        if (amplitude > 0) {
            double upstroke = Waveform.middleOfRise(calcium, Waveform.steepestRise(calcium, restAt, peakAt));
            beat.setPeakCalciumMm(peak)
                    .setPeakCalciumTimeMs(grid.timeMs(peakAt))
                    .setCalciumTransientAmplitudeMm(amplitude)
                    .setCatd50FromMaxCalciumUpstrokeMs(
                            durationMs(upstroke, Waveform.fall(calcium, peakAt, to, peak - 0.5 * amplitude)))
                    .setCatd90FromMaxCalciumUpstrokeMs(
                            durationMs(upstroke, Waveform.fall(calcium, peakAt, to, peak - 0.9 * amplitude)));
        }
    }

    private Double durationMs(double from, double to) {
        return Double.isNaN(to) ? null : (to - from) * grid.stepMs();
    }
}
