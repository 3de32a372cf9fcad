package org.ionstream.reference.cell;

/** Quotients of exponentials that are 0/0 at one potential, where a direct evaluation gives NaN or noise. */
final class Exponentials {
    /** Below it the series is exact to rounding, above it the quotient loses one digit at most. */
    private static final double SMALL = 0.1;

    private Exponentials() {}

    /**
     * x / (exp(x) - 1), which is 1 at x = 0; by its series with Bernoulli's numbers near there.
     *
     * @param expX exp(x), which the caller has or shares
     */
    static double xOverExpm1(double x, double expX) {
        if (Math.abs(x) > SMALL) {
            return x / (expX - 1);
        }
        double x2 = x * x;
        return 1 - x / 2 + x2 * (1.0 / 12 - x2 * (1.0 / 720 - x2 * (1.0 / 30240 - x2 / 1209600)));
    }

    /** Its derivative with respect to x. */
    static double xOverExpm1Slope(double x, double expX) {
        if (Math.abs(x) > SMALL) {
            double excess = expX - 1;
            return Double.isInfinite(expX) ? 0 : (excess - x * expX) / excess / excess;
        }
        double x2 = x * x;
        return -0.5 + x * (1.0 / 6 - x2 * (1.0 / 180 - x2 * (1.0 / 5040 - x2 / 151200)));
    }
}
