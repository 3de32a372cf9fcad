package org.ionstream.reference;

import java.util.List;
import org.ionstream.reference.cell.IonicModel;
import org.ionstream.reference.cell.StiffIonicModel;
import org.ionstream.reference.ode.Deadline;
import org.ionstream.reference.ode.ExplicitTableau;
import org.ionstream.reference.ode.FirstOrderSystem;
import org.ionstream.reference.ode.IntegrationException;
import org.ionstream.reference.ode.OneStepMethod;
import org.ionstream.reference.ode.RosenbrockTableau;
import org.ionstream.reference.ode.SampledTrajectory;
import org.ionstream.reference.ode.StiffSystem;
import org.ionstream.schemas.protocol.Stimulus.Segment;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * One solve of a cell model's equations under a stimulus. Each stretch of constant stimulus is an integration of its own that
 * ends exactly on the edge, so that no pulse is stepped over however short. One thread.
 */
final class Integration {
    private static final double SMALLEST_STEP_MS = 1e-12;
    private static final double LARGEST_STEP_MS = 100;
    /** Trial steps beyond this overflow in the exponentials and the cubic. */
    private static final double LARGEST_EXPLICIT_STEP_MS = 1;

    private final IonicModel model;
    private final SolverSettings settings;
    private final OneStepMethod usual;
    private final OneStepMethod whenHeldBack;
    private double current;
    private SampledTrajectory trajectory;

    Integration(IonicModel model, SolverSettings settings) {
        this.model = model;
        this.settings = settings;
        if (model instanceof StiffIonicModel stiff) {
            whenHeldBack = OneStepMethod.rosenbrock(RosenbrockTableau.RODAS5P, new Stiff(stiff));
            usual = stiff.isStiffAtRest() ? whenHeldBack : explicit();
        } else {
            usual = explicit();
            whenHeldBack = usual;
        }
    }

    private OneStepMethod explicit() {
        return OneStepMethod.explicit(ExplicitTableau.DORMAND_PRINCE_54, new Driven());
    }

    /** Its name, for the record. */
    String method() {
        return usual.name();
    }

    /**
     * @return shape [variable][sample], in the model's order
     * @throws IntegrationException if the work or the step leaves its bounds, or the state is no longer finite
     */
    double[][] over(List<Segment> segments, TimeGrid grid) {
        double[] absolute = model.scales();
        for (int variable = 0; variable < absolute.length; variable++) {
            absolute[variable] *= 0.01 * settings.relativeTolerance();
        }
        boolean isExplicit = usual != whenHeldBack || !(model instanceof StiffIonicModel);
        trajectory = new SampledTrajectory(
                usual,
                whenHeldBack,
                model.initialState(),
                grid.stepMs(),
                grid.samples(),
                new SampledTrajectory.Settings(
                        settings.relativeTolerance(),
                        absolute,
                        model.scales(),
                        SMALLEST_STEP_MS,
                        isExplicit ? LARGEST_EXPLICIT_STEP_MS : LARGEST_STEP_MS,
                        settings.largestEvaluations(),
                        Deadline.in(settings.largestWallMs())));
        for (Segment segment : segments) {
            current = segment.current();
            trajectory.advanceTo(segment.endMs());
        }
        return trajectory.values();
    }

    /** Accepted so far. */
    int steps() {
        return trajectory == null ? 0 : trajectory.steps();
    }

    /** Of the right-hand side so far. */
    int evaluations() {
        return trajectory == null ? 0 : trajectory.evaluations();
    }

    /** The model under the current of the segment in hand: autonomous from edge to edge. */
    private class Driven implements FirstOrderSystem {
        @Override
        public int dimension() {
            return model.dimension();
        }

        @Override
        public void derivatives(double t, double[] y, double[] yDot) {
            model.derivatives(current, y, yDot);
        }
    }

    private final class Stiff extends Driven implements StiffSystem {
        private final StiffIonicModel stiff;

        Stiff(StiffIonicModel stiff) {
            this.stiff = stiff;
        }

        @Override
        public void linearise(double t, double[] y, double[] yDot) {
            stiff.linearise(current, y, yDot);
        }

        @Override
        public void addTimeDerivative(double factor, double[] sum) {
            // the stimulus is constant within a segment
        }

        @Override
        public boolean factor(double gammaH) {
            return stiff.factor(gammaH);
        }

        @Override
        public void solve(double[] b) {
            stiff.solve(b);
        }
    }
}
