package org.ionstream.reference;

import java.util.List;
import java.util.Optional;
import org.ionstream.reference.cell.IonicModel;
import org.ionstream.reference.ode.IntegrationException;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.Outcome;
import org.ionstream.schemas.message.SolverStatistics;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.protocol.Stimulus.Segment;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * Solves a stimulus protocol numerically: the truth that surrogates are trained on and judged against. A protocol that cannot
 * be solved is an outcome, never an exception, so that it does not take its batch with it.
 *
 * <p>Thread-safe: each solve has its own model and integrator.
 */
public final class ReferenceSolver {
    private final SolverSettings settings;

    public ReferenceSolver(SolverSettings settings) {
        this.settings = settings;
    }

    /** Whether there are equations for this cell model of the catalogue. */
    public boolean covers(CellModel model) {
        return CellEquations.of(model).isPresent();
    }

    /** On the grid the protocol asks for. */
    public Solution solve(Stimulus stimulus) {
        return solve(stimulus, stimulus.grid());
    }

    /** On another grid, from t = 0 to its last sample. */
    public Solution solve(Stimulus stimulus, TimeGrid grid) {
        CellModel catalogued = stimulus.cellModel();
        Optional<IonicModel> equations = CellEquations.of(catalogued);
        if (equations.isEmpty()) {
            String detail = "there are no equations for %s yet; add them to CellEquations".formatted(catalogued.id());
            return new Solution(Outcome.NO_SOLVER, detail, grid, null, new SolverStatistics("", 0.0, 0, 0, 0, 0L));
        }
        return solve(catalogued, equations.get(), stimulus.segments(grid.timeMs(grid.samples() - 1)), grid);
    }

    private Solution solve(CellModel catalogued, IonicModel equations, List<Segment> segments, TimeGrid grid) {
        long startedNs = System.nanoTime();
        Integration integration = new Integration(equations, settings);
        double[][] values = null;
        String detail = "";
        try {
            values = inCatalogueOrder(integration.over(segments, grid), equations, catalogued);
        } catch (IntegrationException e) {
            detail = "%s gave up on %s: %s".formatted(integration.method(), catalogued.id(), e.getMessage());
        }
        SolverStatistics work = new SolverStatistics(
                integration.method(),
                settings.relativeTolerance(),
                segments.size(),
                integration.steps(),
                integration.evaluations(),
                (System.nanoTime() - startedNs) / 1_000);
        return new Solution(values == null ? Outcome.SOLVER_GAVE_UP : Outcome.OK, detail, grid, values, work);
    }

    private static double[][] inCatalogueOrder(double[][] values, IonicModel equations, CellModel catalogued) {
        List<String> names = equations.variables();
        return catalogued.variableNames().stream()
                .map(name -> values[names.indexOf(name)])
                .toArray(double[][]::new);
    }
}
