package org.ionstream.reference;

import java.util.List;
import org.ionstream.reference.cell.IonicModel;
import org.ionstream.reference.cell.StiffIonicModel;
import org.ionstream.reference.ode.Deadline;
import org.ionstream.reference.ode.OdeSystem;
import org.ionstream.reference.ode.OneStepMethod;
import org.ionstream.reference.ode.RosenbrockStepper;
import org.ionstream.reference.ode.RosenbrockTableau;
import org.ionstream.reference.ode.RungeKuttaStepper;
import org.ionstream.reference.ode.RungeKuttaTableau;
import org.ionstream.reference.ode.StiffSystem;
import org.ionstream.reference.ode.StiffnessSwitch;
import org.ionstream.reference.ode.Trajectory;
import org.ionstream.schemas.protocol.Stimulus.Segment;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * One solve of a cell model's equations under a stimulus. Each stretch of constant stimulus ends exactly on its edge, so that no
 * pulse is stepped over however short.
 *
 * <p>A model that is stiff at rest is solved by a Rosenbrock method, any other by an explicit pair; if such a model knows its
 * Jacobian, the Rosenbrock method takes over where it becomes stiff. One thread.
 */
final class Integration {
    private static final RungeKuttaTableau EXPLICIT = RungeKuttaTableau.TSITOURAS54;
    private static final RosenbrockTableau IMPLICIT = RosenbrockTableau.RODAS5P;
    private static final double SMALLEST_STEP_MS = 1e-12;
    private static final double LARGEST_STEP_MS = 100;
    /** Longer trial steps of an explicit method overflow in exponentials and cubics. */
    private static final double LARGEST_EXPLICIT_STEP_MS = 1;

    private final IonicModel model;
    private final SolverSettings settings;
    private final OneStepMethod method;
    private final double largestStepMs;
    private double current;
    private int steps;

    Integration(IonicModel model, SolverSettings settings) {
        this.model = model;
        this.settings = settings;
        if (!(model instanceof StiffIonicModel stiff)) {
            method = new RungeKuttaStepper(EXPLICIT, new Driven());
            largestStepMs = LARGEST_EXPLICIT_STEP_MS;
            return;
        }
        OneStepMethod implicit = new RosenbrockStepper(IMPLICIT, new DrivenStiff(stiff));
        method = stiff.isStiffAtRest()
                ? implicit
                : new StiffnessSwitch(new RungeKuttaStepper(EXPLICIT, new Driven()), implicit);
        largestStepMs = stiff.isStiffAtRest() ? LARGEST_STEP_MS : LARGEST_EXPLICIT_STEP_MS;
    }

    /** Name of the method, or of both that were needed, for the record. */
    String method() {
        return method.name();
    }

    /**
     * @return shape [variable][sample], in the model's order
     * @throws org.ionstream.reference.ode.IntegrationException if the work or the step leaves its bounds
     */
    double[][] over(List<Segment> segments, TimeGrid grid) {
        double[] absolute = model.scales();
        for (int variable = 0; variable < absolute.length; variable++) {
            absolute[variable] *= 0.01 * settings.relativeTolerance();
        }
        Trajectory trajectory = new Trajectory(
                method,
                model.initialState(),
                grid.stepMs(),
                grid.samples(),
                new Trajectory.Settings(
                        settings.relativeTolerance(),
                        absolute,
                        model.scales(),
                        SMALLEST_STEP_MS,
                        largestStepMs,
                        settings.largestEvaluations(),
                        Deadline.in(settings.largestWallMs())));
        try {
            for (Segment segment : segments) {
                current = segment.current();
                trajectory.advanceTo(segment.endMs());
            }
        } finally {
            steps = trajectory.steps();
        }
        return trajectory.values();
    }

    /** Accepted so far. */
    int steps() {
        return steps;
    }

    /** Of the right-hand side so far. */
    int evaluations() {
        return method.evaluations();
    }

    /** The model under the current of the segment in hand: autonomous from edge to edge. */
    private class Driven implements OdeSystem {
        @Override
        public int dimension() {
            return model.dimension();
        }

        @Override
        public void derivatives(double t, double[] y, double[] yDot) {
            model.derivatives(current, y, yDot);
        }
    }

    private final class DrivenStiff extends Driven implements StiffSystem {
        private final StiffIonicModel stiff;

        DrivenStiff(StiffIonicModel stiff) {
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
