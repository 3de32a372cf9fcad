package org.ionstream.reference.cell;

/** Quotients of exponentials that are 0/0 at one potential, where a direct evaluation gives NaN or noise. */
final class Exponentials {
    private Exponentials() {}

    /** x / (exp(x) - 1), which is 1 at x = 0. */
    static double xOverExpm1(double x) {
        return Math.abs(x) < 1e-8 ? 1 - x / 2 : x / Math.expm1(x);
    }
}
