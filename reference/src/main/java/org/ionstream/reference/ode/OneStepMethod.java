package org.ionstream.reference.ode;

/**
 * A one-step method for y' = f(t, y) with an error estimate and dense output, one step at a time and without allocating. Who
 * chooses the steps is {@link Trajectory} or an integrator of Hipparchus'.
 *
 * <p>One thread, one solve.
 */
public interface OneStepMethod {
    String name();

    int dimension();

    /** Of the result; the error estimate is one lower. */
    int order();

    /** Evaluations of the right-hand side that an attempt takes at most. */
    int stages();

    /** So far. */
    int evaluations();

    /** Begins at a state, which is copied; the system may have changed since the last step. */
    void startAt(double time, double[] state);

    /** Goes on from where the last attempt has led; the system is as it was. */
    void goOn(double time);

    /** @return false if a value is not finite or a matrix singular; a shorter step may do */
    boolean attempt(double h);

    /** State before the step; read only. */
    double[] start();

    /** f at the start of the step; read only. */
    double[] slope();

    /** State after the step last attempted; read only. */
    double[] end();

    /** Estimated error of the step last attempted, by variable; read only. */
    double[] error();

    /** Stands ready for {@link #interpolate} within the step last attempted. */
    void prepareDenseOutput();

    /** The state at start + theta step. */
    void interpolate(double theta, double[] state);
}
