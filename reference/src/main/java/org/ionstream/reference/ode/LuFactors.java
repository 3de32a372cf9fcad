package org.ionstream.reference.ode;

/** A small dense matrix, factored in place as LU with partial pivoting; nothing is allocated after construction. One thread. */
public final class LuFactors {
    private final int order;
    private final double[] matrix;
    private final int[] pivotRow;
    private boolean permuted;

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
        permuted = false;
        for (int k = 0; k < order; k++) {
            int pivot = k;
            for (int row = k + 1; row < order; row++) {
                if (Math.abs(matrix[row * order + k]) > Math.abs(matrix[pivot * order + k])) {
                    pivot = row;
                }
            }
            pivotRow[k] = pivot;
            permuted |= pivot != k;
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
        for (int k = 0; permuted && k < order; k++) {
            double value = b[pivotRow[k]];
            b[pivotRow[k]] = b[k];
            b[k] = value;
        }
        int row = 0;
        for (; row + 4 <= order; row += 4) {
            fourRowsDown(row, b);
        }
        for (; row < order; row++) {
            double sum = b[row];
            for (int column = 0; column < row; column++) {
                sum -= matrix[row * order + column] * b[column];
            }
            b[row] = sum;
        }
        for (row = order - 4; row >= 0; row -= 4) {
            fourRowsUp(row, b);
        }
        for (row += 3; row >= 0; row--) {
            double sum = b[row];
            for (int column = row + 1; column < order; column++) {
                sum -= matrix[row * order + column] * b[column];
            }
            b[row] = sum * matrix[row * order + row];
        }
    }

    /** Four sums at once keep the processor busy where one would wait for its own last addition. */
    private void fourRowsDown(int row, double[] b) {
        int p = row * order;
        int q = p + order;
        int r = q + order;
        int s = r + order;
        double x0 = b[row];
        double x1 = b[row + 1];
        double x2 = b[row + 2];
        double x3 = b[row + 3];
        for (int column = 0; column < row; column++) {
            double x = b[column];
            x0 -= matrix[p + column] * x;
            x1 -= matrix[q + column] * x;
            x2 -= matrix[r + column] * x;
            x3 -= matrix[s + column] * x;
        }
        x1 -= matrix[q + row] * x0;
        x2 -= matrix[r + row] * x0 + matrix[r + row + 1] * x1;
        x3 -= matrix[s + row] * x0 + matrix[s + row + 1] * x1 + matrix[s + row + 2] * x2;
        b[row] = x0;
        b[row + 1] = x1;
        b[row + 2] = x2;
        b[row + 3] = x3;
    }

    private void fourRowsUp(int row, double[] b) {
        int p = row * order;
        int q = p + order;
        int r = q + order;
        int s = r + order;
        double x0 = b[row];
        double x1 = b[row + 1];
        double x2 = b[row + 2];
        double x3 = b[row + 3];
        for (int column = row + 4; column < order; column++) {
            double x = b[column];
            x0 -= matrix[p + column] * x;
            x1 -= matrix[q + column] * x;
            x2 -= matrix[r + column] * x;
            x3 -= matrix[s + column] * x;
        }
        x3 *= matrix[s + row + 3];
        x2 = (x2 - matrix[r + row + 3] * x3) * matrix[r + row + 2];
        x1 = (x1 - matrix[q + row + 3] * x3 - matrix[q + row + 2] * x2) * matrix[q + row + 1];
        x0 = (x0 - matrix[p + row + 3] * x3 - matrix[p + row + 2] * x2 - matrix[p + row + 1] * x1) * matrix[p + row];
        b[row] = x0;
        b[row + 1] = x1;
        b[row + 2] = x2;
        b[row + 3] = x3;
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
