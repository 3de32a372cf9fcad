package org.ionstream.schemas.biomarker;

/** Positions between samples at which a trace does something. Not there: NaN, which never leaves this package. */
final class Waveform {
    private Waveform() {}

    /** The later of two equally steep rises from one sample in [from, to) to the next; {@code from} if there are none. */
    static int steepestRise(float[] x, int from, int to) {
        int steepest = from;
        for (int i = from; i < to; i++) {
            if (x[i + 1] - x[i] >= x[steepest + 1] - x[steepest]) {
                steepest = i;
            }
        }
        return steepest;
    }

    /**
     * Where the slope is largest: vertex of the parabola through the difference after this sample and its two neighbours.
     *
     * @param steepest as {@link #steepestRise} gives it
     */
    static double middleOfRise(float[] x, int steepest) {
        if (steepest == 0 || steepest + 2 >= x.length) {
            return steepest + 0.5;
        }
        double before = x[steepest] - x[steepest - 1];
        double at = x[steepest + 1] - x[steepest];
        double after = x[steepest + 2] - x[steepest + 1];
        double curvature = before - 2 * at + after;
        if (!(curvature < 0) || before > at || after > at) {
            return steepest + 0.5;
        }
        return steepest + 0.5 + 0.5 * (before - after) / curvature;
    }

    static int highest(float[] x, int from, int to) {
        int highest = from;
        for (int i = from + 1; i <= to; i++) {
            if (x[i] > x[highest]) {
                highest = i;
            }
        }
        return highest;
    }

    /** First time in (from, to] at which the trace is down at the level, linear between samples; NaN: it is not. */
    static double fall(float[] x, int from, int to, double level) {
        for (int i = from + 1; i <= to; i++) {
            if (x[i] <= level) {
                return i - 1 + (x[i - 1] - level) / (x[i - 1] - x[i]);
            }
        }
        return Double.NaN;
    }
}
