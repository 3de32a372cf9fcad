package org.ionstream.schemas.biomarker;

import java.util.List;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * Counts early afterdepolarisations: depolarisations during the repolarising phase of the action potential. Z. Zhang and
 * Z. Qu, "Mechanisms of phase-3 early afterdepolarizations and triggered activities in ventricular myocyte models", 2021,
 * DOI 10.14814/phy2.14883. The repolarising phase begins here at 30 % repolarisation, so that the dome after a notch is
 * none; and a rise while a stimulus flows is the stimulus's.
 */
final class Afterdepolarisations {
    private static final double REPOLARISING = 0.3;
    /** Of the amplitude: 6 mV in a ventricular cell, above the ripple of a prediction. */
    private static final double SMALLEST_RISE = 0.05;

    private Afterdepolarisations() {}

    static int count(float[] V, ActionPotential actionPotential, TimeGrid grid, List<Stimulation> stimulations) {
        double peak = V[actionPotential.peakAt()];
        double amplitude = peak - V[actionPotential.restAt()];
        double rise = SMALLEST_RISE * amplitude;
        int sample = actionPotential.peakAt() + 1;
        while (sample <= actionPotential.endAt() && V[sample] > peak - REPOLARISING * amplitude) {
            sample++;
        }
        int count = 0;
        boolean rising = false;
        int turnedAt = Math.min(sample, actionPotential.endAt());
        for (; sample <= actionPotential.endAt(); sample++) {
            if (rising ? V[sample] >= V[turnedAt] : V[sample] <= V[turnedAt]) {
                turnedAt = sample;
            } else if (Math.abs(V[sample] - V[turnedAt]) >= rise) {
                if (!rising && !flows(stimulations, grid.timeMs(turnedAt), grid.timeMs(turnedAt + 1))) {
                    count++;
                }
                rising = !rising;
                turnedAt = sample;
            }
        }
        return count;
    }

    private static boolean flows(List<Stimulation> stimulations, double fromMs, double toMs) {
        return stimulations.stream().anyMatch(stimulus -> stimulus.onsetMs() < toMs && stimulus.endMs() > fromMs);
    }
}
