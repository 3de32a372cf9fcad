package org.ionstream.trainer.score;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * How numbers are spread. A quantile lies between two of them in proportion.
 *
 * @param count of the numbers
 * @param mean of them
 * @param p05 5 % are below
 * @param lowerQuartile 25 % are below
 * @param median 50 % are below
 * @param upperQuartile 75 % are below
 * @param p95 95 % are below
 * @param largest of them
 */
public record Distribution(
        int count,
        double mean,
        double p05,
        double lowerQuartile,
        double median,
        double upperQuartile,
        double p95,
        double largest) {

    /** Empty if there are no numbers; NaN is none. */
    public static Optional<Distribution> of(DoubleStream numbers) {
        double[] sorted =
                numbers.filter(number -> !Double.isNaN(number)).sorted().toArray();
        if (sorted.length == 0) {
            return Optional.empty();
        }
        return Optional.of(new Distribution(
                sorted.length,
                Arrays.stream(sorted).average().orElseThrow(),
                quantile(sorted, 0.05),
                quantile(sorted, 0.25),
                quantile(sorted, 0.5),
                quantile(sorted, 0.75),
                quantile(sorted, 0.95),
                sorted[sorted.length - 1]));
    }

    private static double quantile(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int left = (int) position;
        double right = sorted[Math.min(left + 1, sorted.length - 1)];
        return sorted[left] + (position - left) * (right - sorted[left]);
    }
}
