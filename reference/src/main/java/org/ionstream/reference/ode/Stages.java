package org.ionstream.reference.ode;

/**
 * Sums of weighted stages, most of the arithmetic of a one-step method beside its right-hand side. Four stages are added per
 * pass, so that a sum is read and written a quarter as often.
 */
final class Stages {
    private Stages() {}

    /** sum = origin + scale * (weights[0] stages[0] + ... + weights[count - 1] stages[count - 1]), count at least 1. */
    static void combine(double[] origin, double scale, double[] weights, double[][] stages, int count, double[] sum) {
        int stage = 0;
        double[] from = origin;
        for (; stage + 4 <= count; stage += 4) {
            addFour(from, scale, weights, stages, stage, sum);
            from = sum;
        }
        if (stage + 2 <= count) {
            double wa = scale * weights[stage];
            double wb = scale * weights[stage + 1];
            addTwo(from, wa, stages[stage], wb, stages[stage + 1], sum);
            from = sum;
            stage += 2;
        }
        if (stage < count) {
            addOne(from, scale * weights[stage], stages[stage], sum);
        }
    }

    private static void addFour(
            double[] from, double scale, double[] weights, double[][] stages, int stage, double[] sum) {
        double wa = scale * weights[stage];
        double wb = scale * weights[stage + 1];
        double wc = scale * weights[stage + 2];
        double wd = scale * weights[stage + 3];
        double[] a = stages[stage];
        double[] b = stages[stage + 1];
        double[] c = stages[stage + 2];
        double[] d = stages[stage + 3];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = from[i] + (wa * a[i] + wb * b[i] + wc * c[i] + wd * d[i]);
        }
    }

    private static void addTwo(double[] from, double wa, double[] a, double wb, double[] b, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = from[i] + (wa * a[i] + wb * b[i]);
        }
    }

    /** sum = from + wa a. */
    static void addOne(double[] from, double wa, double[] a, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = from[i] + wa * a[i];
        }
    }
}
