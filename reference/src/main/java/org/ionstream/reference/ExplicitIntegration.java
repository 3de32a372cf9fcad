package org.ionstream.reference;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince54Integrator;
import org.ionstream.reference.cell.IonicModel;
import org.ionstream.reference.ode.Deadline;
import org.ionstream.reference.ode.GridSampler;
import org.ionstream.reference.ode.IntegrationException;
import org.ionstream.schemas.protocol.Stimulus.Segment;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * Integrates a cell model that is not stiff with the explicit pair of J. R. Dormand and P. J. Prince, "A family of embedded
 * Runge-Kutta formulae", 1980, DOI 10.1016/0771-050X(80)90013-3, as Hipparchus implements it. Each stretch of constant
 * stimulus is an integration of its own that ends exactly on the edge, so that no pulse is stepped over however short.
 *
 * <p>One thread, one solve.
 */
final class ExplicitIntegration implements Integration {
    private static final String METHOD = "Dormand-Prince 5(4)";

    /** Trial steps beyond this overflow in the exponentials and the cubic. */
    private static final double LARGEST_STEP_MS = 1;

    private static final double SMALLEST_STEP_MS = 1e-12;
    /** Below this a segment is rounding in the sender's arithmetic; one Euler step errs by its square. */
    private static final double SHORTEST_SEGMENT_MS = 1e-9;
    /** The first step after an edge moves no variable further than this many of its scales. */
    private static final double FIRST_MOVE = 0.1;

    private final IonicModel model;
    private final SolverSettings settings;
    private final DormandPrince54Integrator integrator;
    private int evaluations;
    private double current;
    private double timeMs;
    private GridSampler sampler;

    ExplicitIntegration(IonicModel model, SolverSettings settings) {
        this.model = model;
        this.settings = settings;
        double[] absolute = model.scales();
        double[] relative = new double[absolute.length];
        Arrays.fill(relative, settings.relativeTolerance());
        for (int variable = 0; variable < absolute.length; variable++) {
            absolute[variable] *= 0.01 * settings.relativeTolerance();
        }
        integrator = new DormandPrince54Integrator(SMALLEST_STEP_MS, LARGEST_STEP_MS, absolute, relative);
    }

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public double[][] over(List<Segment> segments, TimeGrid grid) {
        double[] state = model.initialState();
        sampler = new GridSampler(grid.stepMs(), grid.samples(), state, LARGEST_STEP_MS);
        integrator.addStepHandler(sampler);
        Deadline deadline = Deadline.in(settings.largestWallMs());
        integrator.addStepHandler(step -> deadline.check(timeMs, evaluations));
        double startMs = 0;
        for (Segment segment : segments) {
            current = segment.current();
            state = advance(
                    startMs, state, segment.endMs()); // from where the last one ended: pulses overlap by rounding
            startMs = segment.endMs();
        }
        return sampler.values();
    }

    @Override
    public int steps() {
        return sampler == null ? 0 : sampler.steps();
    }

    @Override
    public int evaluations() {
        return evaluations;
    }

    private double[] advance(double startMs, double[] state, double endMs) {
        double[] slope = slope(startMs, state);
        double lengthMs = endMs - startMs;
        if (lengthMs < SHORTEST_SEGMENT_MS) {
            for (int variable = 0; variable < state.length; variable++) {
                state[variable] += lengthMs * slope[variable];
            }
            sampler.arrive(endMs, state);
            return state;
        }
        integrator.setInitialStepSize(Math.max(SMALLEST_STEP_MS, firstStepMs(slope)));
        try {
            return integrator
                    .integrate(new Driven(), new ODEState(startMs, state), endMs)
                    .getPrimaryState();
        } catch (MathRuntimeException e) {
            throw new IntegrationException(
                    "%s at t=%s ms with stimulus %s; loosen relativeTolerance (%s) or lower the stimulus amplitude"
                            .formatted(e.getMessage(), timeMs, current, settings.relativeTolerance()),
                    e);
        }
    }

    private double firstStepMs(double[] slope) {
        double[] scales = model.scales();
        double stepMs = sampler.carriedStepMs();
        for (int variable = 0; variable < slope.length; variable++) {
            stepMs = Math.min(stepMs, FIRST_MOVE * scales[variable] / Math.abs(slope[variable]));
        }
        return stepMs;
    }

    private double[] slope(double t, double[] state) {
        timeMs = t;
        if (evaluations >= settings.largestEvaluations()) {
            throw new IntegrationException(
                    "%d evaluations of the right-hand side are used up at t=%s ms; raise largestEvaluations or loosen relativeTolerance (%s)"
                            .formatted(evaluations, t, settings.relativeTolerance()));
        }
        evaluations++;
        double[] slope = new double[state.length];
        model.derivatives(current, state, slope);
        return slope;
    }

    private final class Driven implements OrdinaryDifferentialEquation {
        @Override
        public int getDimension() {
            return model.dimension();
        }

        @Override
        public double[] computeDerivatives(double t, double[] y) {
            return slope(t, y);
        }
    }
}
