package org.ionstream.reference.ode;

/**
 * Chooses the next step from the errors of the last two accepted ones, by the predictive controller of K. Gustafsson, "Control-
 * theoretic techniques for stepsize selection in implicit Runge-Kutta methods", 1994, DOI 10.1145/198429.198437: where the error
 * grows from step to step, as at the onset of an action potential, it will go on growing. One thread, one integration.
 */
final class StepControl {
    private static final double SAFETY = 0.9;
    private static final double SHRINK_MOST = 0.2;
    private static final double GROW_MOST = 6;
    /** A trial that left the numbers altogether says nothing of how far. */
    private static final double AFTER_NOT_FINITE = 0.1;
    /** Below it an error is chance. */
    private static final double SMALLEST_ERROR = 1e-2;

    private double acceptedStep;
    private double acceptedError;
    private boolean repeated;

    /** Forgets what was before: the system has changed. */
    void restart() {
        acceptedStep = 0;
        repeated = false;
    }

    /**
     * The factor from the step tried to the next one; the step is to be repeated if the error is not below 1.
     *
     * @param order of the method's result; its error estimate is one lower
     * @param step tried
     * @param error in units of the tolerance
     */
    double factor(int order, double step, double error) {
        if (!Double.isFinite(error)) {
            repeated = true;
            return AFTER_NOT_FINITE;
        }
        double exponent = 1.0 / order;
        double factor = SAFETY * Math.pow(error, -exponent);
        if (error > 1) {
            repeated = true;
            return Math.min(1, Math.max(SHRINK_MOST, factor));
        }
        double floored = Math.max(SMALLEST_ERROR, error);
        if (acceptedStep != 0) {
            factor = Math.min(
                    factor, SAFETY * step / acceptedStep * Math.pow(acceptedError / (floored * floored), exponent));
        }
        acceptedStep = step;
        acceptedError = floored;
        // growing at once would be rejected again
        double growMost = repeated ? 1 : GROW_MOST;
        repeated = false;
        return Math.min(growMost, Math.max(SHRINK_MOST, factor));
    }
}
