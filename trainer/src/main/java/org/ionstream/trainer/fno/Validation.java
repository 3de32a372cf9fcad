package org.ionstream.trainer.fno;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Sets that the best step of a training is chosen by. */
final class Validation {
    private static final int BATCH = 64;

    private final List<TrajectorySet> sets;
    private final TrajectorySet all;

    /** @param sets on one grid */
    Validation(List<TrajectorySet> sets) {
        this.sets = List.copyOf(sets);
        this.all = sets.stream().reduce(TrajectorySet::plus).orElseThrow();
    }

    /** Protocols of all sets, set after set. */
    TrajectorySet all() {
        return all;
    }

    /**
     * @param error mean over the protocols of all sets
     * @param ofSets mean over those of each
     */
    record Look(double error, List<Double> ofSets) {}

    /**
     * What the network is looked at on.
     *
     * @param loss at the grid's samples
     * @param averaged in so many samples of the sets the stimulus
     */
    record Grid(FnoLoss loss, int averaged) {}

    /** The mean over the grids. */
    Look look(List<Grid> grids, NDArray parameters) {
        double[] errors = new double[all.size()];
        for (Grid grid : grids) {
            double[] onGrid = errors(grid, parameters);
            Arrays.setAll(errors, i -> errors[i] + onGrid[i] / grids.size());
        }
        List<Double> ofSets = new ArrayList<>();
        int from = 0;
        for (TrajectorySet set : sets) {
            ofSets.add(mean(Arrays.copyOfRange(errors, from, from + set.size())));
            from += set.size();
        }
        return new Look(mean(errors), ofSets);
    }

    private double[] errors(Grid grid, NDArray parameters) {
        double[] errors = new double[all.size()];
        for (int from = 0; from < errors.length; from += BATCH) {
            int to = Math.min(errors.length, from + BATCH);
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                int[] protocols = IntStream.range(from, to).toArray();
                float[] some = grid.loss()
                        .error(parameters, all, protocols, grid.averaged(), 0)
                        .toFloatArray();
                for (int i = 0; i < some.length; i++) {
                    errors[from + i] = some[i];
                }
            }
        }
        return errors;
    }

    private static double mean(double[] errors) {
        return Arrays.stream(errors).average().orElseThrow();
    }
}
