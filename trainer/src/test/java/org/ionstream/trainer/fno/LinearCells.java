package org.ionstream.trainer.fno;

import java.util.SplittableRandom;
import org.ionstream.schemas.wire.TimeGrid;

/** Trajectories of two leaky integrators in a row under random pulses: quick to make and easy to learn. */
final class LinearCells {
    private LinearCells() {}

    static TrajectorySet sample(int protocols, TimeGrid grid, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] currents = new float[protocols][grid.samples()];
        float[][][] excursions = new float[protocols][2][grid.samples()];
        for (int protocol = 0; protocol < protocols; protocol++) {
            int pulse = 1 + random.nextInt(grid.samples());
            double amplitude = random.nextDouble(0.5, 2);
            double first = 0;
            double second = 0;
            for (int i = 0; i < grid.samples(); i++) {
                currents[protocol][i] = i < pulse ? (float) amplitude : 0;
                excursions[protocol][0][i] = (float) first;
                excursions[protocol][1][i] = (float) second;
                first += 0.1 * (currents[protocol][i] - first);
                second += 0.2 * (first - second);
            }
        }
        return new TrajectorySet(grid, new double[] {0.5, -0.25}, currents, excursions);
    }
}
