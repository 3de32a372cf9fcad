package org.ionstream.trainer.fno;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * Standardisation of the network's ends: currents by one number, state variables at each time by mean and standard deviation
 * over the training set (paper, section 4: z = (x - mean) / (deviation + 1e-5)). It is part of the exported graph.
 *
 * <p>At t = 0 all protocols have the same state. There the deviation is zero, so that every prediction starts exactly at the
 * initial state, and z, which is 0 there but not just after it, is left out of the training.
 *
 * @param grid of the statistics
 * @param currentScale root mean square of the training currents where they are not zero
 * @param mean shape [variable][sample], in physical units
 * @param deviation shape [variable][sample], the 1e-5 included; 0 where the training set has one value only
 */
public record Normalisation(TimeGrid grid, float currentScale, double[][] mean, double[][] deviation) {
    static final double EPSILON = 1e-5;

    public static Normalisation of(TrajectorySet set) {
        Moments moments = new Moments(set.initial(), set.grid().samples());
        for (float[][] excursions : set.excursions()) {
            moments.add(excursions);
        }
        return moments.normalisation(set.grid(), currentScale(set.currents()));
    }

    /**
     * Mean and deviation of all times at each of them but the first: what follows a pulse then looks the same whenever it comes,
     * where statistics of each time are those of the pulses that all began at 0.
     */
    public Normalisation overAllTimes() {
        double[][] means = new double[mean.length][];
        double[][] deviations = new double[mean.length][];
        for (int variable = 0; variable < mean.length; variable++) {
            means[variable] = mean[variable].clone();
            deviations[variable] = deviation[variable].clone();
            overAllTimes(means[variable], deviations[variable]);
        }
        return new Normalisation(grid, currentScale, means, deviations);
    }

    /** Whether it is the same at all times but those at which there is one value only. */
    public boolean isOverAllTimes() {
        return IntStream.range(0, mean.length)
                .allMatch(variable -> IntStream.range(0, mean[variable].length)
                                .filter(sample -> deviation[variable][sample] != 0)
                                .mapToObj(sample -> List.of(mean[variable][sample], deviation[variable][sample]))
                                .distinct()
                                .count()
                        <= 1);
    }

    /** Times at which the deviation is 0, as it is at first, stay as they are. */
    private static void overAllTimes(double[] mean, double[] deviation) {
        int[] spread = IntStream.range(0, mean.length)
                .filter(sample -> deviation[sample] != 0)
                .toArray();
        double average = IntStream.of(spread)
                .mapToDouble(sample -> mean[sample])
                .average()
                .orElse(0);
        double squares = IntStream.of(spread)
                .mapToDouble(sample -> Math.pow(mean[sample] - average, 2) + Math.pow(deviation[sample], 2))
                .average()
                .orElse(0);
        for (int sample : spread) {
            mean[sample] = average;
            deviation[sample] = Math.sqrt(squares);
        }
    }

    /** The current scale stays, as the weights are made for it, and that they are over all times, if they are. */
    public Normalisation withStatistics(Normalisation statistics) {
        Normalisation other = isOverAllTimes() ? statistics.overAllTimes() : statistics;
        return new Normalisation(other.grid, currentScale, other.mean, other.deviation);
    }

    /** 1 where there is something to predict, 0 where the training set has one value only; row by row. */
    float[] spread(LatentGrid.Samples wanted) {
        int count = wanted.count();
        float[] spread = new float[deviation.length * count];
        for (int i = 0; i < spread.length; i++) {
            spread[i] = deviation[i / count][wanted.index(i % count)] == 0 ? 0 : 1;
        }
        return spread;
    }

    /** Deviations of the wanted samples, row by row. */
    float[] deviations(LatentGrid.Samples wanted) {
        int count = wanted.count();
        float[] deviations = new float[deviation.length * count];
        for (int i = 0; i < deviations.length; i++) {
            deviations[i] = (float) deviation[i / count][wanted.index(i % count)];
        }
        return deviations;
    }

    /** Standardised targets of one protocol, shape [variable * wanted sample] row by row. */
    void standardise(TrajectorySet set, int protocol, LatentGrid.Samples wanted, float[] target, int offset) {
        for (int variable = 0; variable < mean.length; variable++) {
            float[] excursion = set.excursions()[protocol][variable];
            double initial = set.initial()[variable];
            for (int i = 0; i < wanted.count(); i++) {
                int sample = wanted.index(i);
                target[offset++] = (float) standardised(variable, sample, initial + (double) excursion[sample]);
            }
        }
    }

    /**
     * z of the initial state in the statistics of later times.
     *
     * @throws IllegalStateException if they are not the same at all of them
     */
    float[] initial() {
        if (!isOverAllTimes()) {
            throw new IllegalStateException(
                    "statistics of each time for a network that marches; it needs those over all times, as it is the same in every window");
        }
        float[] z = new float[mean.length];
        for (int variable = 0; variable < z.length; variable++) {
            z[variable] = (float) standardised(variable, 1, mean[variable][0]);
        }
        return z;
    }

    /** Constant over so many samples: what a network makes of it is the same at each of their first as on the coarser grid. */
    void scale(float[] current, int averaged, float[] scaled, int offset) {
        for (int from = 0; from < current.length; from += averaged) {
            int to = Math.min(current.length, from + averaged);
            double sum = 0;
            for (int sample = from; sample < to; sample++) {
                sum += current[sample];
            }
            float mean = (float) (sum / (to - from) / currentScale);
            Arrays.fill(scaled, offset + from, offset + to, mean);
        }
    }

    /** z of a value in the variable's unit; 0 where the training set has one value only. */
    public double standardised(int variable, int sample, double value) {
        double spread = deviation[variable][sample];
        return spread == 0 ? 0 : (value - mean[variable][sample]) / spread;
    }

    /** The same statistics on another grid, linear in between, constant beyond the last sample; over all times, if they are. */
    public Normalisation on(TimeGrid target) {
        if (target.equals(grid)) {
            return this;
        }
        return new Normalisation(target, currentScale, resampled(mean, target), resampled(deviation, target));
    }

    private double[][] resampled(double[][] rows, TimeGrid target) {
        double[][] result = new double[rows.length][target.samples()];
        double second = isOverAllTimes() ? 1 : 0;
        for (int sample = 0; sample < target.samples(); sample++) {
            double least = sample == 0 ? 0 : second;
            double position = Math.min(Math.max(least, target.timeMs(sample) / grid.stepMs()), grid.samples() - 1.0);
            int left = (int) Math.min(Math.floor(position), Math.max(0, grid.samples() - 2));
            double fraction = position - left;
            for (int row = 0; row < rows.length; row++) {
                double right = rows[row][Math.min(left + 1, grid.samples() - 1)];
                result[row][sample] = rows[row][left] + fraction * (right - rows[row][left]);
            }
        }
        return result;
    }

    /** @param currents shape [protocol][sample] */
    public static float currentScale(float[][] currents) {
        double squares = 0;
        long count = 0;
        for (float[] current : currents) {
            for (float value : current) {
                squares += (double) value * value;
                count += value != 0 ? 1 : 0;
            }
        }
        return count == 0 || squares == 0 ? 1 : (float) Math.sqrt(squares / count);
    }
}
