package org.ionstream.standalone.bench;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.AdaptiveStepsizeIntegrator;
import org.hipparchus.ode.nonstiff.DormandPrince54Integrator;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.ionstream.reference.CellEquations;
import org.ionstream.reference.cell.IonicModel;
import org.ionstream.reference.ode.GridSampler;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.protocol.Stimulus.Segment;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * Hipparchus' explicit integrators as a careful user applies them: stopped at every edge of the stimulus, samples from their
 * dense output, an absolute tolerance for each variable, longest step 1 ms. The 5(4) pair is what a Java programmer has
 * without this project; the 8(5,3) pair, far tighter, is the truth for both.
 */
enum HipparchusPair {
    DORMAND_PRINCE_54("Hipparchus DP5(4)") {
        @Override
        AdaptiveStepsizeIntegrator integrator(double[] absoluteTolerances, double[] relativeTolerances) {
            return new DormandPrince54Integrator(
                    SMALLEST_STEP_MS, LARGEST_STEP_MS, absoluteTolerances, relativeTolerances);
        }
    },
    DORMAND_PRINCE_853("Hipparchus DP8(5,3)") {
        @Override
        AdaptiveStepsizeIntegrator integrator(double[] absoluteTolerances, double[] relativeTolerances) {
            return new DormandPrince853Integrator(
                    SMALLEST_STEP_MS, LARGEST_STEP_MS, absoluteTolerances, relativeTolerances);
        }
    };

    static final double LARGEST_STEP_MS = 1;
    private static final double SMALLEST_STEP_MS = 1e-12;

    private final String title;

    HipparchusPair(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    abstract AdaptiveStepsizeIntegrator integrator(double[] absoluteTolerances, double[] relativeTolerances);

    Solved solve(Stimulus stimulus, TimeGrid grid, double relativeTolerance) {
        CellModel catalogued = stimulus.cellModel();
        IonicModel model = CellEquations.of(catalogued).orElseThrow();
        double[] absolute = Arrays.stream(model.scales())
                .map(scale -> 0.01 * relativeTolerance * scale)
                .toArray();
        double[] relative = new double[absolute.length];
        Arrays.fill(relative, relativeTolerance);
        AdaptiveStepsizeIntegrator integrator = integrator(absolute, relative);
        double[] state = model.initialState();
        GridSampler sampler = new GridSampler(grid.stepMs(), grid.samples(), state, LARGEST_STEP_MS);
        integrator.addStepHandler(sampler);
        int evaluations = 0;
        for (Segment segment : stimulus.segments(grid.timeMs(grid.samples() - 1))) {
            state = integrator
                    .integrate(
                            new Driven(model, segment.current()),
                            new ODEState(segment.startMs(), state),
                            segment.endMs())
                    .getPrimaryState();
            evaluations += integrator.getEvaluations();
        }
        List<String> names = model.variables();
        double[][] values = catalogued.variableNames().stream()
                .map(name -> sampler.values()[names.indexOf(name)])
                .toArray(double[][]::new);
        return new Solved(values, sampler.steps(), evaluations);
    }

    private record Driven(IonicModel model, double current) implements OrdinaryDifferentialEquation {
        @Override
        public int getDimension() {
            return model.dimension();
        }

        @Override
        public double[] computeDerivatives(double t, double[] y) {
            double[] slope = new double[y.length];
            model.derivatives(current, y, slope);
            return slope;
        }
    }
}
