package org.ionstream.trainer.tuning.search;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * A density on a stretch of one coordinate: equally weighted normal distributions around points, cut off at the ends of the
 * stretch, and one as wide as the stretch in its middle. Each is as wide as the farther of the neighbouring points is away,
 * within limits (Bergstra et al. 2011, section 4.2).
 */
final class ParzenEstimator {
    /** The narrowest is the stretch divided by the number of points, or by this if there are more. */
    private static final int MOST_PARTS = 100;

    private static final int MOST_DRAWS = 1_000;

    private final double from;
    private final double to;
    private final double[] centres;
    private final NormalDistribution[] kernels;
    /** One over the mass of each kernel on the stretch. */
    private final double[] weights;

    /** @param points between from and to, or a little beyond */
    ParzenEstimator(double from, double to, double[] points) {
        this.from = from;
        this.to = to;
        centres = Arrays.copyOf(points, points.length + 1);
        centres[points.length] = (from + to) / 2;
        Arrays.sort(centres);
        int prior = Arrays.binarySearch(centres, (from + to) / 2);
        kernels = new NormalDistribution[centres.length];
        weights = new double[centres.length];
        for (int i = 0; i < kernels.length; i++) {
            kernels[i] = new NormalDistribution(centres[i], i == prior ? to - from : width(i));
            weights[i] = 1 / Math.max(kernels[i].probability(from, to), Double.MIN_NORMAL);
        }
    }

    private double width(int i) {
        double left = centres[i] - (i == 0 ? from : centres[i - 1]);
        double right = (i == centres.length - 1 ? to : centres[i + 1]) - centres[i];
        double narrowest = (to - from) / Math.min(MOST_PARTS, centres.length);
        return Math.max(narrowest, Math.min(to - from, Math.max(left, right)));
    }

    double draw(RandomGenerator random) {
        NormalDistribution kernel = kernels[random.nextInt(kernels.length)];
        for (int i = 0; i < MOST_DRAWS; i++) {
            double drawn = kernel.getMean() + kernel.getStandardDeviation() * random.nextGaussian();
            if (drawn >= from && drawn <= to) {
                return drawn;
            }
        }
        return Math.max(from, Math.min(to, kernel.getMean())); // a point beyond the ends, in a narrow kernel
    }

    double logDensity(double coordinate) {
        double sum = 0;
        for (int i = 0; i < kernels.length; i++) {
            sum += weights[i] * kernels[i].density(coordinate);
        }
        return Math.log(Math.max(sum / kernels.length, Double.MIN_NORMAL));
    }
}
