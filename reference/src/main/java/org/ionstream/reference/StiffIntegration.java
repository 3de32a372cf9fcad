package org.ionstream.reference;

import java.util.List;
import org.ionstream.reference.cell.StiffIonicModel;
import org.ionstream.reference.ode.Deadline;
import org.ionstream.reference.ode.RosenbrockTableau;
import org.ionstream.reference.ode.StiffSystem;
import org.ionstream.reference.ode.StiffTrajectory;
import org.ionstream.schemas.protocol.Stimulus.Segment;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * Integrates a stiff cell model with the Rosenbrock method Rodas5P. Each stretch of constant stimulus is an integration of its
 * own that ends exactly on the edge, so that no pulse is stepped over however short.
 */
final class StiffIntegration implements Integration {
    private static final RosenbrockTableau METHOD = RosenbrockTableau.RODAS5P;
    private static final double LARGEST_STEP_MS = 100;
    private static final double SMALLEST_STEP_MS = 1e-12;

    private final StiffIonicModel model;
    private final SolverSettings settings;
    private double current;
    private StiffTrajectory trajectory;

    StiffIntegration(StiffIonicModel model, SolverSettings settings) {
        this.model = model;
        this.settings = settings;
    }

    @Override
    public String method() {
        return METHOD.name();
    }

    @Override
    public double[][] over(List<Segment> segments, TimeGrid grid) {
        double[] absolute = model.scales();
        for (int variable = 0; variable < absolute.length; variable++) {
            absolute[variable] *= 0.01 * settings.relativeTolerance();
        }
        trajectory = new StiffTrajectory(
                METHOD,
                new Driven(),
                model.initialState(),
                grid.stepMs(),
                grid.samples(),
                new StiffTrajectory.Settings(
                        settings.relativeTolerance(),
                        absolute,
                        model.scales(),
                        SMALLEST_STEP_MS,
                        LARGEST_STEP_MS,
                        settings.largestEvaluations(),
                        Deadline.in(settings.largestWallMs())));
        for (Segment segment : segments) {
            current = segment.current();
            trajectory.advanceTo(segment.endMs());
        }
        return trajectory.values();
    }

    @Override
    public int steps() {
        return trajectory == null ? 0 : trajectory.steps();
    }

    @Override
    public int evaluations() {
        return trajectory == null ? 0 : trajectory.evaluations();
    }

    /** The model under the current of the segment in hand: autonomous from edge to edge. */
    private final class Driven implements StiffSystem {
        @Override
        public int dimension() {
            return model.dimension();
        }

        @Override
        public void derivatives(double t, double[] y, double[] yDot) {
            model.derivatives(current, y, yDot);
        }

        @Override
        public void linearise(double t, double[] y, double[] yDot) {
            model.linearise(current, y, yDot);
        }

        @Override
        public void addTimeDerivative(double factor, double[] sum) {
            // the stimulus is constant within a segment
        }

        @Override
        public boolean factor(double gammaH) {
            return model.factor(gammaH);
        }

        @Override
        public void solve(double[] b) {
            model.solve(b);
        }
    }
}
