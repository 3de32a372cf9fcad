package org.ionstream.reference.ode;

import org.hipparchus.ode.EquationsMapper;
import org.hipparchus.ode.ODEStateAndDerivative;
import org.hipparchus.ode.sampling.AbstractODEStateInterpolator;

/** The dense output of one step of a Rosenbrock method, see {@link RosenbrockTableau}. Immutable. */
final class RosenbrockStateInterpolator extends AbstractODEStateInterpolator {
    private final DenseOutput denseOutput;

    /** Over the whole of a step, unless the soft bounds are tighter. */
    RosenbrockStateInterpolator(
            DenseOutput denseOutput,
            boolean forward,
            ODEStateAndDerivative globalPrevious,
            ODEStateAndDerivative globalCurrent,
            ODEStateAndDerivative softPrevious,
            ODEStateAndDerivative softCurrent,
            EquationsMapper mapper) {
        super(forward, globalPrevious, globalCurrent, softPrevious, softCurrent, mapper);
        this.denseOutput = denseOutput;
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
                denseOutput, forward, globalPrevious, globalCurrent, softPrevious, softCurrent, mapper);
    }

    @Override
    protected ODEStateAndDerivative computeInterpolatedStateAndDerivatives(
            EquationsMapper mapper, double time, double theta, double thetaH, double oneMinusThetaH) {
        double h = getGlobalCurrentState().getTime() - getGlobalPreviousState().getTime();
        double[] start = getGlobalPreviousState().getCompleteState();
        double[] state = new double[start.length];
        double[] derivative = new double[start.length];
        denseOutput.interpolate(start, theta, state);
        denseOutput.differentiate(theta, derivative);
        for (int i = 0; i < derivative.length; i++) {
            derivative[i] /= h;
        }
        return mapper.mapStateAndDerivative(time, state, derivative);
    }
}
