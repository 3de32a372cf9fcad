package org.ionstream.reference;

import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.Outcome;
import org.ionstream.schemas.message.SolverStatistics;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;

/**
 * What became of a protocol.
 *
 * @param outcome OK, NO_SOLVER or SOLVER_GAVE_UP
 * @param detail what went wrong, with numbers and remedy; empty if nothing did
 * @param grid sample times
 * @param values shape [variable][sample], variables in the catalogue's order and unit; null unless the outcome is OK
 * @param solver the work done, also when it was in vain
 */
public record Solution(Outcome outcome, String detail, TimeGrid grid, double[][] values, SolverStatistics solver) {
    public Solution {
        if ((outcome == Outcome.OK) != (values != null)) {
            throw new IllegalArgumentException(
                    "outcome %s with%s values".formatted(outcome, values == null ? "out" : ""));
        }
    }

    public boolean isOk() {
        return outcome == Outcome.OK;
    }

    /**
     * In float32, as it travels.
     *
     * @throws IllegalStateException if there are no values
     */
    public Traces toTraces(CellModel model) {
        if (!isOk()) {
            throw new IllegalStateException("no trajectory, the outcome is %s: %s".formatted(outcome, detail));
        }
        float[][] rounded = new float[values.length][grid.samples()];
        for (int variable = 0; variable < values.length; variable++) {
            for (int sample = 0; sample < grid.samples(); sample++) {
                rounded[variable][sample] = (float) values[variable][sample];
            }
        }
        return new Traces(grid, model.variableNames(), rounded);
    }
}
