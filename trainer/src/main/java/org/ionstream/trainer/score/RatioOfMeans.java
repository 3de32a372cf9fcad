package org.ionstream.trainer.score;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * How many times one mean error another is, and the 95 % interval of that: the percentile bootstrap over protocols (Efron and
 * Tibshirani 1993, "An Introduction to the Bootstrap", chapter 13).
 *
 * @param ratio of the mean errors
 * @param lowest of the interval
 * @param highest of the interval
 */
public record RatioOfMeans(double ratio, double lowest, double highest) {
    private static final int RESAMPLES = 2_000;
    private static final long SEED = 1;

    /**
     * Two models on the same protocols: difficult ones are difficult for both.
     *
     * @param before error of each protocol
     * @param after of the same protocols in the same order
     * @throws IllegalArgumentException if they are not of the same protocols, or of none
     */
    public static RatioOfMeans paired(double[] before, double[] after) {
        if (before.length != after.length || before.length == 0) {
            throw new IllegalArgumentException(
                    "errors of %d and %d protocols; a comparison needs the same ones, at least 1"
                            .formatted(before.length, after.length));
        }
        return of(before, after, random -> {
            double sumBefore = 0;
            double sumAfter = 0;
            for (int i = 0; i < before.length; i++) {
                int drawn = random.nextInt(before.length);
                sumBefore += before[drawn];
                sumAfter += after[drawn];
            }
            return sumAfter / sumBefore;
        });
    }

    /**
     * On protocols of which one set has nothing to do with the other.
     *
     * @throws IllegalArgumentException if there are none of either
     */
    public static RatioOfMeans unpaired(double[] before, double[] after) {
        if (before.length == 0 || after.length == 0) {
            throw new IllegalArgumentException("errors of %d and %d protocols; a comparison needs at least 1 of each"
                    .formatted(before.length, after.length));
        }
        return of(before, after, random -> resampledMean(after, random) / resampledMean(before, random));
    }

    private static RatioOfMeans of(double[] before, double[] after, ToDoubleFunction<SplittableRandom> resampled) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] ratios = new double[RESAMPLES];
        for (int resample = 0; resample < RESAMPLES; resample++) {
            ratios[resample] = resampled.applyAsDouble(random);
        }
        Arrays.sort(ratios);
        return new RatioOfMeans(
                mean(after) / mean(before), ratios[RESAMPLES / 40], ratios[RESAMPLES - 1 - RESAMPLES / 40]);
    }

    private static double resampledMean(double[] errors, SplittableRandom random) {
        double sum = 0;
        for (int i = 0; i < errors.length; i++) {
            sum += errors[random.nextInt(errors.length)];
        }
        return sum / errors.length;
    }

    private static double mean(double[] errors) {
        return Arrays.stream(errors).average().orElseThrow();
    }

    /** As text, e.g. {@code 0.412 times (0.35 to 0.49)}. */
    @Override
    public String toString() {
        return "%.3f times (%.2f to %.2f)".formatted(ratio, lowest, highest);
    }
}
