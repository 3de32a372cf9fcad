package org.ionstream.reference.cell;

import java.util.Random;

/** States in which no variable is at rest, for tests. */
final class OHaraRudyStates {
    private OHaraRudyStates() {}

    static double[] random(OHaraRudy2011 model, Random random) {
        double[] state = model.initialState();
        state[OHaraRudy2011.V] = -90 + 130 * random.nextDouble();
        for (int i = 1; i < OHaraRudy2011.CORE; i++) {
            state[i] *= 0.8 + 0.4 * random.nextDouble();
        }
        state[OHaraRudy2011.CA_I] *= 1 + 4 * random.nextDouble();
        state[OHaraRudy2011.CA_SS] *= 1 + 50 * random.nextDouble();
        state[OHaraRudy2011.N] = random.nextDouble();
        for (int i = OHaraRudy2011.CORE; i < state.length; i++) {
            state[i] = 0.02 + 0.96 * random.nextDouble();
        }
        return state;
    }
}
