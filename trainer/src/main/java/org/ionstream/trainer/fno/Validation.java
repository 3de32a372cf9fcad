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

    Look look(FnoLoss loss, NDArray parameters) {
        double[] errors = errors(loss, parameters);
        List<Double> ofSets = new ArrayList<>();
        int from = 0;
        for (TrajectorySet set : sets) {
            ofSets.add(mean(Arrays.copyOfRange(errors, from, from + set.size())));
            from += set.size();
        }
        return new Look(mean(errors), ofSets);
    }

    private double[] errors(FnoLoss loss, NDArray parameters) {
        double[] errors = new double[all.size()];
        for (int from = 0; from < errors.length; from += BATCH) {
            int to = Math.min(errors.length, from + BATCH);
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                float[] some = loss.error(
                                parameters, all, IntStream.range(from, to).toArray(), 0)
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
