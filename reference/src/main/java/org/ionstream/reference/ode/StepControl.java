package org.ionstream.reference.ode;

/** Chooses the next step from the error of the last: the step whose error would be just below the tolerance. */
final class StepControl {
    private static final double SAFETY = 0.9;
    private static final double SHRINK_MOST = 0.2;
    private static final double GROW_MOST = 6;
    /** A trial that left the numbers altogether says nothing of how far. */
    private static final double AFTER_NOT_FINITE = 0.1;

    private StepControl() {}

    /**
     * @param order of the method's result; its error estimate is one lower
     * @param error in units of the tolerance
     * @param repeated true if the step before was rejected: growing again at once would be rejected again
     */
    static double factor(int order, double error, boolean repeated) {
        if (!Double.isFinite(error)) {
            return AFTER_NOT_FINITE;
        }
        double growMost = repeated || error > 1 ? 1 : GROW_MOST;
        return Math.min(growMost, Math.max(SHRINK_MOST, SAFETY * Math.pow(error, -1.0 / order)));
    }
}
