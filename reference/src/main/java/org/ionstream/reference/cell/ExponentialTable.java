package org.ionstream.reference.cell;

/**
 * Many exponentials A exp((V + offset) / slope) of one potential at once. Each is tabulated at whole millivolts and multiplied
 * there by the Taylor polynomial of its small remainder, in loops that the compiler turns into vector instructions: some five
 * times faster than one call of exp after the other, and as exact (3e-13 relative for a slope of 3 mV, better for others).
 *
 * <p>Potential in mV. Thread-safe.
 */
final class ExponentialTable {
    /** Outside of what a membrane withstands each exponential is computed by itself. */
    private static final int LEAST_MV = -150;

    private static final int LARGEST_MV = 100;

    private final double[][] terms;
    /** 1/slope by term. */
    private final double[] steepness;
    /** [whole mV - LEAST_MV][term]. */
    private final double[][] atWholeMv;

    /** @param terms rows of A, offset in mV, slope in mV (infinite for a constant) */
    ExponentialTable(double[][] terms) {
        this.terms = terms;
        this.steepness = new double[terms.length];
        for (int term = 0; term < terms.length; term++) {
            steepness[term] = 1 / terms[term][2];
        }
        this.atWholeMv = new double[LARGEST_MV - LEAST_MV + 1][terms.length];
        for (int row = 0; row < atWholeMv.length; row++) {
            evaluate(LEAST_MV + row, atWholeMv[row]);
        }
    }

    /** @param values receives the terms in their order */
    void at(double V, double[] values) {
        double whole = Math.rint(V);
        if (!(whole >= LEAST_MV && whole <= LARGEST_MV)) {
            evaluate(V, values);
            return;
        }
        multiply(atWholeMv[(int) whole - LEAST_MV], V - whole, steepness, values);
    }

    private static void multiply(double[] tabulated, double remainder, double[] steepness, double[] values) {
        for (int i = 0; i < values.length; i++) {
            double x = remainder * steepness[i];
            double x2 = x * x;
            double even = 1 + x2 * (1.0 / 2 + x2 * (1.0 / 24 + x2 * (1.0 / 720 + x2 * (1.0 / 40320))));
            double odd = 1 + x2 * (1.0 / 6 + x2 * (1.0 / 120 + x2 * (1.0 / 5040)));
            values[i] = tabulated[i] * (even + x * odd);
        }
    }

    private void evaluate(double V, double[] values) {
        for (int i = 0; i < terms.length; i++) {
            values[i] = terms[i][0] * Math.exp((V + terms[i][1]) / terms[i][2]);
        }
    }
}
