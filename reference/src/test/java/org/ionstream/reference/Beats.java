package org.ionstream.reference;

import java.util.List;
import org.ionstream.reference.cell.IonicModel;
import org.ionstream.schemas.protocol.Stimulus.Segment;
import org.ionstream.schemas.wire.TimeGrid;

/** States along a beat, for kernels to be measured where they work. */
public final class Beats {
    private static final int STATES = 64;

    private Beats() {}

    /** Shape [state][variable], at equal distances from 0 to the horizon, after a pulse at 0. */
    public static double[][] states(IonicModel model, double durationMs, double amplitude, double horizonMs) {
        double[][] traces = new Integration(model, new SolverSettings(1e-6, 1_000_000))
                .over(
                        List.of(new Segment(0, durationMs, amplitude), new Segment(durationMs, horizonMs, 0)),
                        new TimeGrid(horizonMs / STATES, STATES));
        double[][] states = new double[STATES][traces.length];
        for (int sample = 0; sample < STATES; sample++) {
            for (int variable = 0; variable < traces.length; variable++) {
                states[sample][variable] = traces[variable][sample];
            }
        }
        return states;
    }
}
