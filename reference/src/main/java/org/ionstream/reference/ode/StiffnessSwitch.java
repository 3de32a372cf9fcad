package org.ionstream.reference.ode;

/**
 * An explicit method that gives way to an implicit one where stability, not accuracy, keeps its steps short. Each start is
 * explicit again; the switch needs a number of stiff steps in a row, fewer than it takes to fail: E. Hairer, G. Wanner, "Solving
 * ordinary differential equations II", 1996, section IV.2.
 *
 * <p>One thread, one solve.
 */
public final class StiffnessSwitch implements OneStepMethod {
    /** Step times eigenvalue, a little inside the stability region of the pairs of order 5(4) along the negative axis. */
    private static final double STABILITY_BOUND = 3.25;

    private static final int STIFF_STEPS = 15;
    /** As many in a row clear the suspicion. */
    private static final int SMOOTH_STEPS = 6;

    private final RungeKuttaStepper explicit;
    private final OneStepMethod implicit;
    private OneStepMethod current;
    private boolean everImplicit;
    private int stiff;
    private int smooth;

    public StiffnessSwitch(RungeKuttaStepper explicit, OneStepMethod implicit) {
        this.explicit = explicit;
        this.implicit = implicit;
        this.current = explicit;
    }

    /** Of both, once the implicit one was needed. */
    @Override
    public String name() {
        return everImplicit ? explicit.name() + ", " + implicit.name() : explicit.name();
    }

    @Override
    public int dimension() {
        return explicit.dimension();
    }

    @Override
    public int order() {
        return current.order();
    }

    @Override
    public int stages() {
        return current.stages();
    }

    @Override
    public int evaluations() {
        return explicit.evaluations() + implicit.evaluations();
    }

    @Override
    public void startAt(double time, double[] state) {
        // before anything moves: the state may be an array of the method that is left
        explicit.startAt(time, state);
        current = explicit;
        stiff = 0;
        smooth = 0;
    }

    @Override
    public void goOn(double time) {
        if (current == explicit && isStiff()) {
            current = implicit;
            everImplicit = true;
            implicit.startAt(time, explicit.end());
            return;
        }
        current.goOn(time);
    }

    private boolean isStiff() {
        if (explicit.stiffness() > STABILITY_BOUND) {
            stiff++;
            smooth = 0;
        } else if (++smooth == SMOOTH_STEPS) {
            stiff = 0;
        }
        return stiff >= STIFF_STEPS;
    }

    @Override
    public boolean attempt(double h) {
        return current.attempt(h);
    }

    @Override
    public double[] start() {
        return current.start();
    }

    @Override
    public double[] slope() {
        return current.slope();
    }

    @Override
    public double[] end() {
        return current.end();
    }

    @Override
    public double[] error() {
        return current.error();
    }

    @Override
    public void prepareDenseOutput() {
        current.prepareDenseOutput();
    }

    @Override
    public void interpolate(double theta, double[] state) {
        current.interpolate(theta, state);
    }
}
