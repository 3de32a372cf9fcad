package org.ionstream.surrogate.trust;

import java.util.Arrays;

/**
 * Calibration protocols as points; finds the nearest by looking at all of them, which for some thousand takes less than the
 * network does. Immutable, thread-safe.
 *
 * @param points shape [protocol][feature], scaled
 */
record Neighbours(float[][] points) {
    /**
     * @param protocols indices of the nearest, nearest first
     * @param distance of the last of them
     */
    record Nearest(int[] protocols, double distance) {}

    /** @param point its features; of the points only as many, the first, are looked at */
    Nearest nearest(double[] point, int count) {
        int[] protocols = new int[Math.min(count, points.length)];
        double[] squares = new double[protocols.length];
        Arrays.fill(squares, Double.POSITIVE_INFINITY);
        for (int protocol = 0; protocol < points.length; protocol++) {
            double square = square(point, points[protocol], squares[squares.length - 1]);
            if (square < squares[squares.length - 1]) {
                int place = squares.length - 1;
                for (; place > 0 && squares[place - 1] > square; place--) {
                    squares[place] = squares[place - 1];
                    protocols[place] = protocols[place - 1];
                }
                squares[place] = square;
                protocols[place] = protocol;
            }
        }
        return new Nearest(protocols, Math.sqrt(squares[squares.length - 1]));
    }

    /** Squared distance, or a number above the limit. */
    private static double square(double[] point, float[] other, double limit) {
        double sum = 0;
        for (int feature = 0; feature < point.length && sum <= limit; feature++) {
            double difference = point[feature] - other[feature];
            sum += difference * difference;
        }
        return sum;
    }
}
