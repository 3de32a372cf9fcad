package org.ionstream.reference.ode;

import org.hipparchus.exception.LocalizedCoreFormats;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.ode.ExpandableODE;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.ODEStateAndDerivative;
import org.hipparchus.ode.nonstiff.AdaptiveStepsizeIntegrator;

/**
 * Rosenbrock methods among Hipparchus' integrators: for stiff equations, with step handlers, event detectors and dense output
 * as any other there. The equations give their Jacobian by implementing Hipparchus' {@code ODEJacobiansProvider}; for those that
 * do not, it is taken by finite differences.
 *
 * <p>Not thread-safe, like the integrators it stands beside.
 */
public final class RosenbrockIntegrator extends AdaptiveStepsizeIntegrator {
    private final RosenbrockTableau method;

    /**
     * @param method coefficients
     * @param minStep below which it gives up, in the unit of time
     * @param maxStep of any
     * @param absoluteTolerances by variable
     * @param relativeTolerances by variable
     */
    public RosenbrockIntegrator(
            RosenbrockTableau method,
            double minStep,
            double maxStep,
            double[] absoluteTolerances,
            double[] relativeTolerances) {
        super(method.name(), minStep, maxStep, absoluteTolerances, relativeTolerances);
        this.method = method;
    }

    /** Equal tolerances for all variables. */
    public RosenbrockIntegrator(
            RosenbrockTableau method,
            double minStep,
            double maxStep,
            double absoluteTolerance,
            double relativeTolerance) {
        super(method.name(), minStep, maxStep, absoluteTolerance, relativeTolerance);
        this.method = method;
    }

    @Override
    public ODEStateAndDerivative integrate(ExpandableODE equations, ODEState initialState, double finalTime) {
        sanityChecks(initialState, finalTime);
        setStepStart(initIntegration(equations, initialState, finalTime));
        boolean forward = finalTime > initialState.getTime();
        RosenbrockStepper stepper = new RosenbrockStepper(method, new DenseSystem(equations, this, this::tolerance));
        StepControl control = new StepControl();
        setStepSize(firstStep(equations, forward));
        setIsLastStep(false);
        while (!isLastStep()) {
            stepper.startAt(getStepStart().getTime(), getStepStart().getCompleteState());
            double factor = step(stepper, control, forward, finalTime);
            double endTime = getStepStart().getTime() + getStepSize();
            double[] end = stepper.end().clone();
            ODEStateAndDerivative reached =
                    equations.getMapper().mapStateAndDerivative(endTime, end, computeDerivatives(endTime, end));
            setStepStart(acceptStep(
                    new RosenbrockStateInterpolator(
                            stepper.denseOutput(),
                            forward,
                            getStepStart(),
                            reached,
                            getStepStart(),
                            reached,
                            equations.getMapper()),
                    finalTime));
            if (resetOccurred()) {
                control.restart();
            }
            if (!isLastStep()) {
                setStepSize(getStepSizeHelper().filterStep(getStepSize() * factor, forward, true));
            }
        }
        ODEStateAndDerivative finalState = getStepStart();
        resetInternalState();
        return finalState;
    }

    /** Leaves the stepper with an accepted step of the integrator's step size; returns the factor for the next one. */
    private double step(RosenbrockStepper stepper, StepControl control, boolean forward, double finalTime) {
        double start = getStepStart().getTime();
        while (true) {
            double left = finalTime - start;
            if (Math.abs(getStepSize()) >= Math.abs(left)) {
                setStepSize(left);
            }
            double error = stepper.attempt(getStepSize()) ? norm(stepper) : Double.POSITIVE_INFINITY;
            double factor = control.factor(method.order(), Math.abs(getStepSize()), error);
            if (error <= 1) {
                return factor;
            }
            double shorter = getStepSize() * factor;
            if (!(Math.abs(shorter) >= getMinStep())) {
                throw new MathIllegalStateException(
                        LocalizedCoreFormats.SIMPLE_MESSAGE, tooShort(shorter, start, error));
            }
            setStepSize(getStepSizeHelper().filterStep(shorter, forward, false));
        }
    }

    private String tooShort(double step, double t, double error) {
        String reason = Double.isFinite(error)
                ? "the error is %s tolerances; loosen the tolerances or lower minStep".formatted(error)
                : "values are not finite; check the equations near this state or lower maxStep";
        return "%s: step %s is below the minimum %s at t=%s, %s".formatted(getName(), step, getMinStep(), t, reason);
    }

    private double norm(RosenbrockStepper stepper) {
        int mainSet = getStepSizeHelper().getMainSetDimension();
        double sum = 0;
        for (int i = 0; i < mainSet; i++) {
            double larger = Math.max(Math.abs(stepper.start()[i]), Math.abs(stepper.end()[i]));
            double ratio = stepper.error()[i] / getStepSizeHelper().getTolerance(i, larger);
            sum += ratio * ratio;
        }
        return Math.sqrt(sum / mainSet);
    }

    /** Secondary equations have no tolerances of their own; only the increments of differences ask for them. */
    private double tolerance(int variable, double size) {
        int mainSet = getStepSizeHelper().getMainSetDimension();
        return getStepSizeHelper().getTolerance(Math.min(variable, mainSet - 1), size);
    }

    private double firstStep(ExpandableODE equations, boolean forward) {
        double[] scale = new double[getStepSizeHelper().getMainSetDimension()];
        double[] state = getStepStart().getCompleteState();
        for (int i = 0; i < scale.length; i++) {
            scale[i] = getStepSizeHelper().getTolerance(i, Math.abs(state[i]));
        }
        return initializeStep(forward, method.order(), scale, getStepStart());
    }
}
