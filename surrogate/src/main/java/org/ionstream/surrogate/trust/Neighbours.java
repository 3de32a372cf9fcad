package org.ionstream.surrogate.trust;

import java.util.Arrays;

/**
 * Calibration protocols as points; finds the nearest by looking at all of them, which for some thousand takes far less than the
 * network does. Immutable, thread-safe.
 */
final class Neighbours {
    private final int points;
    /** Shape [feature][point]: all points' distances at once are a loop that the compiler makes wide. */
    private final double[][] columns;

    /**
     * @param protocols indices of the nearest, nearest first
     * @param distance of the last of them
     */
    record Nearest(int[] protocols, double distance) {}

    /** @param points shape [protocol][feature], scaled */
    Neighbours(float[][] points) {
        this.points = points.length;
        this.columns = new double[points[0].length][points.length];
        for (int point = 0; point < points.length; point++) {
            for (int feature = 0; feature < columns.length; feature++) {
                columns[feature][point] = points[point][feature];
            }
        }
    }

    /** Of all points, shape [protocol]. */
    double[] feature(int feature) {
        return columns[feature].clone();
    }

    /** @param point its features; of the points only as many, the first, are looked at */
    Nearest nearest(double[] point, int count) {
        int[] protocols = new int[Math.min(count, points)];
        double[] squares = new double[protocols.length];
        Arrays.fill(squares, Double.POSITIVE_INFINITY);
        double[] ofAll = squares(point);
        for (int protocol = 0; protocol < points; protocol++) {
            if (ofAll[protocol] < squares[squares.length - 1]) {
                insert(protocol, ofAll[protocol], protocols, squares);
            }
        }
        return new Nearest(protocols, Math.sqrt(squares[squares.length - 1]));
    }

    private static void insert(int protocol, double square, int[] protocols, double[] squares) {
        int place = squares.length - 1;
        for (; place > 0 && squares[place - 1] > square; place--) {
            squares[place] = squares[place - 1];
            protocols[place] = protocols[place - 1];
        }
        squares[place] = square;
        protocols[place] = protocol;
    }

    /** Squared distances of all points. */
    private double[] squares(double[] point) {
        double[] squares = new double[points];
        for (int feature = 0; feature < point.length; feature++) {
            add(point[feature], columns[feature], squares);
        }
        return squares;
    }

    private static void add(double value, double[] column, double[] squares) {
        for (int i = 0; i < squares.length; i++) {
            double difference = value - column[i];
            squares[i] += difference * difference;
        }
    }
}
