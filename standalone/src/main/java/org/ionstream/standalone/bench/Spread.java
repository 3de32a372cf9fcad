package org.ionstream.standalone.bench;

import java.util.Arrays;

/** What several measurements of the same quantity gave. */
public record Spread(double median, double lowest, double highest) {

    static Spread of(double... measured) {
        double[] sorted = measured.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : 0.5 * (sorted[half - 1] + sorted[half]);
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
