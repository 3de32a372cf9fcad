package org.ionstream.reference.ode;

import org.hipparchus.ode.EquationsMapper;
import org.hipparchus.ode.ODEStateAndDerivative;
import org.hipparchus.ode.sampling.AbstractODEStateInterpolator;

/** The dense output of one step of a Rosenbrock method, see {@link RosenbrockTableau}. Immutable. */
final class RosenbrockStateInterpolator extends AbstractODEStateInterpolator {
    /** [power of theta][variable]. */
    private final double[][] k;

    private RosenbrockStateInterpolator(
            double[][] k,
            boolean forward,
            ODEStateAndDerivative globalPrevious,
            ODEStateAndDerivative globalCurrent,
            ODEStateAndDerivative softPrevious,
            ODEStateAndDerivative softCurrent,
            EquationsMapper mapper) {
        super(forward, globalPrevious, globalCurrent, softPrevious, softCurrent, mapper);
        this.k = k;
    }

    /** Over the whole of the step that the stepper has just made. */
    static RosenbrockStateInterpolator of(
            RosenbrockStepper stepper,
            boolean forward,
            ODEStateAndDerivative previous,
            ODEStateAndDerivative current,
            EquationsMapper mapper) {
        stepper.prepareDenseOutput();
        double[][] k = stepper.denseOutput().clone();
        for (int power = 0; power < k.length; power++) {
            k[power] = k[power].clone();
        }
        return new RosenbrockStateInterpolator(k, forward, previous, current, previous, current, mapper);
    }

    @Override
    protected RosenbrockStateInterpolator create(
            boolean forward,
            ODEStateAndDerivative globalPrevious,
            ODEStateAndDerivative globalCurrent,
            ODEStateAndDerivative softPrevious,
            ODEStateAndDerivative softCurrent,
            EquationsMapper mapper) {
        return new RosenbrockStateInterpolator(
                k, forward, globalPrevious, globalCurrent, softPrevious, softCurrent, mapper);
    }

    @Override
    protected ODEStateAndDerivative computeInterpolatedStateAndDerivatives(
            EquationsMapper mapper, double time, double theta, double thetaH, double oneMinusThetaH) {
        double h = getGlobalCurrentState().getTime() - getGlobalPreviousState().getTime();
        double[] start = getGlobalPreviousState().getCompleteState();
        double[] end = getGlobalCurrentState().getCompleteState();
        double[] state = new double[start.length];
        double[] derivative = new double[start.length];
        for (int i = 0; i < state.length; i++) {
            double p = 0;
            double slope = 0;
            for (int power = k.length - 1; power >= 0; power--) {
                slope = slope * theta + p;
                p = p * theta + k[power][i];
            }
            double difference = end[i] - start[i];
            state[i] = start[i] + theta * (difference + (1 - theta) * p);
            derivative[i] = (difference + (1 - 2 * theta) * p + theta * (1 - theta) * slope) / h;
        }
        return mapper.mapStateAndDerivative(time, state, derivative);
    }
}
