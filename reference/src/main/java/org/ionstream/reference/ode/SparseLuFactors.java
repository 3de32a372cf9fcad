package org.ionstream.reference.ode;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A small sparse matrix of fixed pattern, factored in place as LU; nothing is allocated after construction. The diagonal gives
 * the pivots, in their order: good for I - gammaH J, which is the unit matrix for short steps and whose diagonal decay enlarges.
 * One thread.
 */
public final class SparseLuFactors {

    /**
     * Where the factors are not zero, which depends on the order of the variables: full rows and columns belong last. Immutable,
     * to be shared.
     */
    public static final class Pattern {
        private final int order;
        /** Below each pivot. */
        private final int[][] rows;
        /** Right of each pivot. */
        private final int[][] columns;
        /** Row and column of each entry below the diagonal, by column. */
        private final int[][] lower;
        /** Row and column of each entry above the diagonal, by column from the last. */
        private final int[][] upper;

        /** @param notZero columns by row; the diagonal is taken for granted */
        public Pattern(int[][] notZero) {
            order = notZero.length;
            rows = new int[order][];
            columns = new int[order][];
            fill(notZero);
            lower = transposed(IntStream.range(0, order)
                    .boxed()
                    .flatMap(k -> Arrays.stream(rows[k]).mapToObj(row -> new int[] {row, k}))
                    .toArray(int[][]::new));
            upper = transposed(IntStream.range(0, order)
                    .boxed()
                    .flatMap(k -> Arrays.stream(columns[k]).mapToObj(column -> new int[] {k, column}))
                    .sorted(Comparator.comparingInt(place -> -place[1]))
                    .toArray(int[][]::new));
        }

        private void fill(int[][] notZero) {
            boolean[][] filled = new boolean[order][order];
            for (int row = 0; row < order; row++) {
                filled[row][row] = true;
                for (int column : notZero[row]) {
                    filled[row][column] = true;
                }
            }
            for (int k = 0; k < order; k++) {
                int pivot = k;
                rows[k] = IntStream.range(k + 1, order)
                        .filter(row -> filled[row][pivot])
                        .toArray();
                columns[k] = IntStream.range(k + 1, order)
                        .filter(column -> filled[pivot][column])
                        .toArray();
                for (int row : rows[k]) {
                    for (int column : columns[k]) {
                        filled[row][column] = true;
                    }
                }
            }
        }

        private static int[][] transposed(int[][] places) {
            return new int[][] {
                Arrays.stream(places).mapToInt(place -> place[0]).toArray(),
                Arrays.stream(places).mapToInt(place -> place[1]).toArray()
            };
        }
    }

    private final Pattern pattern;
    private final double[] matrix;
    private final double[] reciprocals;
    /** Entries of L, and those of U over their row's pivot, in the order of their use. */
    private final double[] lower;

    private final double[] upper;

    public SparseLuFactors(Pattern pattern) {
        this.pattern = pattern;
        this.matrix = new double[pattern.order * pattern.order];
        this.reciprocals = new double[pattern.order];
        this.lower = new double[pattern.lower[0].length];
        this.upper = new double[pattern.upper[0].length];
    }

    /** Row-major, zero outside of the pattern; fill all of it, then {@link #factor}. */
    public double[] matrix() {
        return matrix;
    }

    /** @return false if a pivot is zero or not finite */
    public boolean factor() {
        int order = pattern.order;
        for (int k = 0; k < order; k++) {
            int pivotRow = k * order;
            double pivot = matrix[pivotRow + k];
            if (!(Math.abs(pivot) > 0) || Double.isInfinite(pivot)) {
                return false;
            }
            double reciprocal = 1 / pivot;
            reciprocals[k] = reciprocal;
            int[] columns = pattern.columns[k];
            for (int row : pattern.rows[k]) {
                int target = row * order;
                double factor = matrix[target + k] * reciprocal;
                matrix[target + k] = factor;
                for (int column : columns) {
                    matrix[target + column] -= factor * matrix[pivotRow + column];
                }
            }
        }
        for (int i = 0; i < lower.length; i++) {
            lower[i] = matrix[pattern.lower[0][i] * order + pattern.lower[1][i]];
        }
        for (int i = 0; i < upper.length; i++) {
            int row = pattern.upper[0][i];
            upper[i] = matrix[row * order + pattern.upper[1][i]] * reciprocals[row];
        }
        return true;
    }

    /** Solves for the first {@code order} entries of b, in place. */
    public void solve(double[] b) {
        eliminate(lower, pattern.lower[0], pattern.lower[1], b);
        for (int k = 0; k < reciprocals.length; k++) {
            b[k] *= reciprocals[k];
        }
        eliminate(upper, pattern.upper[0], pattern.upper[1], b);
    }

    private static void eliminate(double[] triangle, int[] row, int[] column, double[] b) {
        for (int i = 0; i < triangle.length; i++) {
            b[row[i]] -= triangle[i] * b[column[i]];
        }
    }
}
