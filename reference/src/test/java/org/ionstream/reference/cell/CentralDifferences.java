package org.ionstream.reference.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;

/** The Jacobian of a model by central differences, and whether the model's own linear algebra agrees with it. */
final class CentralDifferences {
    private static final double STEP = 1e-6;

    private CentralDifferences() {}

    /** Solves (I - gammaH J) x = b for some b and puts x back in. */
    static void assertSolves(StiffIonicModel model, double current, double[] state, double gammaH) {
        int dimension = model.dimension();
        double[] b = IntStream.range(0, dimension)
                .mapToDouble(i -> (i % 2 == 0 ? 1 : -0.02) / (1 + i))
                .toArray();
        double[] x = b.clone();

        model.linearise(current, state, new double[dimension]);
        boolean regular = model.factor(gammaH);
        model.solve(x);

        assertThat(regular).isTrue();
        for (int row = 0; row < dimension; row++) {
            double left = x[row];
            double size = Math.abs(x[row]);
            for (int column = 0; column < dimension; column++) {
                double term = gammaH * derivative(model, current, row, column, state) * x[column];
                left -= term;
                size += Math.abs(term);
            }
            assertThat(left).as("row %d", row).isCloseTo(b[row], within(1e-7 * size));
        }
    }

    private static double derivative(StiffIonicModel model, double current, int row, int column, double[] state) {
        double increment = STEP * Math.max(Math.abs(state[column]), model.scales()[column]);
        double[] above = state.clone();
        double[] below = state.clone();
        above[column] += increment;
        below[column] -= increment;
        double[] slopeAbove = new double[state.length];
        double[] slopeBelow = new double[state.length];
        model.derivatives(current, above, slopeAbove);
        model.derivatives(current, below, slopeBelow);
        return (slopeAbove[row] - slopeBelow[row]) / (above[column] - below[column]);
    }
}
