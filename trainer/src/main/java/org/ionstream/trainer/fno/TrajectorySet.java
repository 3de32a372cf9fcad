package org.ionstream.trainer.fno;

import java.util.Arrays;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * Solved protocols on one grid, ready for training: currents and, as excursions from the initial state so that float32
 * keeps the small changes of large concentrations, the trajectories.
 *
 * @param grid sample times
 * @param initial state at t = 0, shape [variable]
 * @param currents mean stimulus over each cell, shape [protocol][sample]
 * @param excursions y(t) - y(0), shape [protocol][variable][sample]
 */
public record TrajectorySet(TimeGrid grid, double[] initial, float[][] currents, float[][][] excursions) {
    public TrajectorySet {
        if (currents.length != excursions.length || currents.length == 0) {
            throw new IllegalArgumentException(
                    "%d currents, %d trajectories".formatted(currents.length, excursions.length));
        }
    }

    public int size() {
        return currents.length;
    }

    public int variables() {
        return initial.length;
    }

    /** In physical units, shape [variable][sample]. */
    public float[][] trajectory(int protocol) {
        float[][] values = new float[variables()][grid.samples()];
        for (int variable = 0; variable < values.length; variable++) {
            for (int sample = 0; sample < values[variable].length; sample++) {
                values[variable][sample] = (float) (initial[variable] + excursions[protocol][variable][sample]);
            }
        }
        return values;
    }

    /** So many protocols, spread evenly over the set; all if it has no more. */
    public TrajectorySet atMost(int count) {
        int left = Math.min(count, size());
        float[][] someCurrents = new float[left][];
        float[][][] someExcursions = new float[left][][];
        for (int i = 0; i < left; i++) {
            int from = (int) ((long) i * size() / left);
            someCurrents[i] = currents[from];
            someExcursions[i] = excursions[from];
        }
        return new TrajectorySet(grid, initial, someCurrents, someExcursions);
    }

    /** Those from one place up to another. */
    public TrajectorySet part(int from, int to) {
        return new TrajectorySet(
                grid, initial, Arrays.copyOfRange(currents, from, to), Arrays.copyOfRange(excursions, from, to));
    }

    public TrajectorySet plus(TrajectorySet other) {
        if (!grid.equals(other.grid)) {
            throw new IllegalArgumentException("trajectories on different grids: %s, %s".formatted(grid, other.grid));
        }
        float[][] allCurrents = Arrays.copyOf(currents, size() + other.size());
        System.arraycopy(other.currents, 0, allCurrents, size(), other.size());
        float[][][] allExcursions = Arrays.copyOf(excursions, size() + other.size());
        System.arraycopy(other.excursions, 0, allExcursions, size(), other.size());
        return new TrajectorySet(grid, initial, allCurrents, allExcursions);
    }
}
