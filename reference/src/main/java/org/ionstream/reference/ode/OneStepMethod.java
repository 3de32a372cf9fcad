package org.ionstream.reference.ode;

/**
 * Single steps of a method that needs nothing of the past but the state. Nothing is allocated after construction, so that a
 * solve of thousands of steps costs its arithmetic only. Arrays that come out are read only and change with the next step. One
 * thread.
 */
public interface OneStepMethod {

    /** An explicit Runge-Kutta pair. */
    static OneStepMethod explicit(ExplicitTableau tableau, FirstOrderSystem system) {
        return new ExplicitStepper(tableau, system);
    }

    /** A Rosenbrock method, for stiff systems. */
    static OneStepMethod rosenbrock(RosenbrockTableau tableau, StiffSystem system) {
        return new RosenbrockStepper(tableau, system);
    }

    String name();

    /** Of the result. */
    int order();

    /** Evaluations of the right-hand side by {@link #attempt}, at most. */
    int evaluationsPerStep();

    /** Evaluations so far; a Jacobian counts as one. */
    int evaluations();

    /** Copies the state, where the system may have changed, and evaluates there. */
    void startAt(double time, double[] state);

    /** Makes the end of the step last attempted the start of the next one. */
    void proceed();

    /** @return false if a value is not finite or a matrix singular; a shorter step may do */
    boolean attempt(double h);

    /** State before the step. */
    double[] start();

    /** State after the step. */
    double[] end();

    /** f at the start of the step. */
    double[] slope();

    /** Estimated error of the step by variable. */
    double[] error();

    /** Stands ready for {@link #interpolated} within the step last attempted. */
    void prepareDenseOutput();

    /** The value of a variable at start + theta step. */
    double interpolated(int variable, double theta);

    /** Whether stability, not accuracy, has held the steps back for long: a method for stiff systems would be faster. */
    boolean isHeldBack();
}
