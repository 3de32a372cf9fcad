package org.ionstream.trainer.score;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Two models on the same protocols: the effect is how many times the champion's mean error the challenger's is. Its 95 %
 * interval is the percentile bootstrap over protocols (Efron and Tibshirani 1993, "An Introduction to the Bootstrap", chapter
 * 13); errors are paired, so that difficult protocols are difficult for both.
 *
 * @param ratio of the mean errors, challenger to champion
 * @param lowest of the interval
 * @param highest of the interval
 */
public record PairedComparison(double ratio, double lowest, double highest) {
    private static final int RESAMPLES = 2_000;
    private static final long SEED = 1;

    /**
     * @param champion error of each protocol
     * @param challenger of the same protocols in the same order
     * @throws IllegalArgumentException if they are not of the same protocols, or of none
     */
    public static PairedComparison of(double[] champion, double[] challenger) {
        if (champion.length != challenger.length || champion.length == 0) {
            throw new IllegalArgumentException(
                    "errors of %d and %d protocols; a comparison needs the same ones, at least 1"
                            .formatted(champion.length, challenger.length));
        }
        SplittableRandom random = new SplittableRandom(SEED);
        double[] ratios = new double[RESAMPLES];
        for (int resample = 0; resample < RESAMPLES; resample++) {
            double before = 0;
            double after = 0;
            for (int i = 0; i < champion.length; i++) {
                int drawn = random.nextInt(champion.length);
                before += champion[drawn];
                after += challenger[drawn];
            }
            ratios[resample] = after / before;
        }
        Arrays.sort(ratios);
        return new PairedComparison(
                Arrays.stream(challenger).sum() / Arrays.stream(champion).sum(),
                ratios[RESAMPLES / 40],
                ratios[RESAMPLES - 1 - RESAMPLES / 40]);
    }

    /** As text, e.g. {@code 0.412 times (0.35 to 0.49)}. */
    @Override
    public String toString() {
        return "%.3f times (%.2f to %.2f)".formatted(ratio, lowest, highest);
    }
}
