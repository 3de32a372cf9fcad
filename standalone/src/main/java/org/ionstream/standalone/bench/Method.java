package org.ionstream.standalone.bench;

import java.util.function.Function;
import org.ionstream.reference.ReferenceSolver;
import org.ionstream.reference.Solution;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * A way to solve protocols at one tolerance.
 *
 * @param title for people
 * @param relativeTolerance of one step
 * @param solver the work that is timed
 */
record Method(String title, double relativeTolerance, Function<Stimulus, Solved> solver) {
    private static final int LARGEST_EVALUATIONS = 100_000_000;
    private static final double LARGEST_WALL_MS = 600_000;

    static Method reference(String title, double relativeTolerance, TimeGrid grid) {
        ReferenceSolver solver =
                new ReferenceSolver(new SolverSettings(relativeTolerance, LARGEST_EVALUATIONS, LARGEST_WALL_MS));
        return new Method(title, relativeTolerance, stimulus -> solved(solver.solve(stimulus, grid)));
    }

    static Method of(HipparchusPair pair, double relativeTolerance, TimeGrid grid) {
        return new Method(pair.title(), relativeTolerance, stimulus -> pair.solve(stimulus, grid, relativeTolerance));
    }

    private static Solved solved(Solution solution) {
        if (!solution.isOk()) {
            throw new IllegalStateException(solution.detail());
        }
        return new Solved(
                solution.values(),
                solution.solver().getSteps(),
                solution.solver().getEvaluations());
    }
}
