package org.ionstream.standalone.soak;

import org.hipparchus.stat.regression.SimpleRegression;

/**
 * How a quantity grows over time: a straight line through the least of each of six stretches of time, with a 95 % interval of
 * its slope. What is never given back is held at the quietest moment too; what a training holds for a while is not, as long as a
 * stretch lasts longer than a training: 6.7 minutes in an hour's soak.
 *
 * @param perHour slope
 * @param lowest of the interval, per hour
 * @param highest of the interval, per hour
 * @param allowedPerHour growth that is no leak
 */
public record Trend(double perHour, double lowest, double highest, double allowedPerHour) {
    private static final int STRETCHES = 6;
    private static final double MINUTES_PER_HOUR = 60;

    static final int LEAST_LOOKS = 10;

    public enum Verdict {
        /** Surely no more than is allowed. */
        FLAT,
        /** Surely more than is allowed. */
        GROWS,
        /** The interval has both; a longer soak decides. */
        UNDECIDED
    }

    /**
     * @param minutes rising
     * @param values as many
     * @param allowedPerHour growth that is no leak
     */
    static Trend of(double[] minutes, double[] values, double allowedPerHour) {
        if (minutes.length < LEAST_LOOKS) {
            throw new IllegalArgumentException(
                    "a trend of %d looks; there must be %d".formatted(minutes.length, LEAST_LOOKS));
        }
        SimpleRegression line = new SimpleRegression();
        for (int stretch = 0; stretch < STRETCHES; stretch++) {
            int from = stretch * minutes.length / STRETCHES;
            int to = (stretch + 1) * minutes.length / STRETCHES;
            line.addData(mean(minutes, from, to) / MINUTES_PER_HOUR, least(values, from, to));
        }
        double slope = line.getSlope();
        double half = line.getSlopeConfidenceInterval();
        return new Trend(slope, slope - half, slope + half, allowedPerHour);
    }

    public Verdict verdict() {
        if (lowest > allowedPerHour) {
            return Verdict.GROWS;
        }
        return highest <= allowedPerHour ? Verdict.FLAT : Verdict.UNDECIDED;
    }

    private static double mean(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum / (to - from);
    }

    private static double least(double[] values, int from, int to) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = from; i < to; i++) {
            least = Math.min(least, values[i]);
        }
        return least;
    }
}
