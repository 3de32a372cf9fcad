package org.ionstream.reference.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LuFactorsTest {
    private final Random random = new Random(1);

    @Test
    void shouldSolveDenseSystemsOfAnyOrder() {
        for (int order = 1; order <= 15; order++) {
            double[] matrix = random.doubles(order * order, -1, 1).toArray();
            double[] b = random.doubles(order, -1, 1).toArray();
            double[] x = b.clone();
            LuFactors factors = new LuFactors(order);
            System.arraycopy(matrix, 0, factors.matrix(), 0, matrix.length);

            boolean regular = factors.factor();
            factors.solve(x);

            assertThat(regular).isTrue();
            assertSolution(matrix, x, b, order);
        }
    }

    @Test
    void shouldSolveSparseSystemsWhoseDiagonalPrevails() {
        for (int order = 1; order <= 15; order++) {
            int[][] pattern = new int[order][];
            double[] matrix = new double[order * order];
            for (int row = 0; row < order; row++) {
                pattern[row] = IntStream.range(0, order)
                        .filter(column -> random.nextDouble() < 0.3)
                        .toArray();
                for (int column : pattern[row]) {
                    matrix[row * order + column] = random.nextDouble() - 0.5;
                }
                matrix[row * order + row] = 4;
            }
            double[] b = random.doubles(order, -1, 1).toArray();
            double[] x = b.clone();
            SparseLuFactors factors = new SparseLuFactors(new SparseLuFactors.Pattern(pattern));
            System.arraycopy(matrix, 0, factors.matrix(), 0, matrix.length);

            boolean regular = factors.factor();
            factors.solve(x);

            assertThat(regular).isTrue();
            assertSolution(matrix, x, b, order);
        }
    }

    @Test
    void shouldSayThatAMatrixIsSingularOrNotFinite() {
        for (double bad : new double[] {0, Double.NaN, Double.POSITIVE_INFINITY}) {
            LuFactors dense = new LuFactors(1);
            SparseLuFactors sparse = new SparseLuFactors(new SparseLuFactors.Pattern(new int[][] {{0}}));
            dense.matrix()[0] = bad;
            sparse.matrix()[0] = bad;

            assertThat(dense.factor()).isFalse();
            assertThat(sparse.factor()).isFalse();
        }
    }

    private static void assertSolution(double[] matrix, double[] x, double[] b, int order) {
        for (int row = 0; row < order; row++) {
            double sum = 0;
            for (int column = 0; column < order; column++) {
                sum += matrix[row * order + column] * x[column];
            }
            assertThat(sum).as("row %d of %d", row, order).isCloseTo(b[row], within(1e-11));
        }
    }
}
