package org.ionstream.reference.ode;

/** A small dense matrix, factored in place as LU with partial pivoting; nothing is allocated after construction. One thread. */
public final class LuFactors {
    private final int order;
    private final double[] matrix;
    private final int[] pivotRow;

    public LuFactors(int order) {
        this.order = order;
        this.matrix = new double[order * order];
        this.pivotRow = new int[order];
    }

    /** Row-major; fill it, then {@link #factor}. */
    public double[] matrix() {
        return matrix;
    }

    /** @return false if the matrix is singular or not finite */
    public boolean factor() {
        for (int k = 0; k < order; k++) {
            int pivot = k;
            for (int row = k + 1; row < order; row++) {
                if (Math.abs(matrix[row * order + k]) > Math.abs(matrix[pivot * order + k])) {
                    pivot = row;
                }
            }
            pivotRow[k] = pivot;
            double largest = matrix[pivot * order + k];
            if (!(Math.abs(largest) > 0) || Double.isInfinite(largest)) {
                return false;
            }
            swap(k, pivot);
            eliminate(k);
        }
        return true;
    }

    /** Solves for the first {@code order} entries of b, in place. */
    public void solve(double[] b) {
        for (int k = 0; k < order; k++) {
            double value = b[pivotRow[k]];
            b[pivotRow[k]] = b[k];
            b[k] = value;
        }
        for (int row = 1; row < order; row++) {
            double sum = b[row];
            for (int column = 0; column < row; column++) {
                sum -= matrix[row * order + column] * b[column];
            }
            b[row] = sum;
        }
        for (int row = order - 1; row >= 0; row--) {
            double sum = b[row];
            for (int column = row + 1; column < order; column++) {
                sum -= matrix[row * order + column] * b[column];
            }
            b[row] = sum * matrix[row * order + row];
        }
    }

    private void swap(int k, int pivot) {
        if (pivot == k) {
            return;
        }
        for (int column = 0; column < order; column++) {
            double value = matrix[k * order + column];
            matrix[k * order + column] = matrix[pivot * order + column];
            matrix[pivot * order + column] = value;
        }
    }

    /** Leaves the reciprocal of the pivot on the diagonal: multiplying is faster. */
    private void eliminate(int k) {
        double reciprocal = 1 / matrix[k * order + k];
        matrix[k * order + k] = reciprocal;
        for (int row = k + 1; row < order; row++) {
            double factor = matrix[row * order + k] * reciprocal;
            matrix[row * order + k] = factor;
            if (factor == 0) {
                continue;
            }
            for (int column = k + 1; column < order; column++) {
                matrix[row * order + column] -= factor * matrix[k * order + column];
            }
        }
    }
}
