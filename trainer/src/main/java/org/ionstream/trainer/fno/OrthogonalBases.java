package org.ionstream.trainer.fno;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Orthonormal bases that follow the eigenvectors of slowly changing symmetric matrices: one step of orthogonal iteration
 * (power step and Gram-Schmidt) per call, columns in descending order of eigenvalue.
 *
 * @param count matrices
 * @param size rows and columns of each
 */
record OrthogonalBases(int count, int size) {
    /** What is left of a unit vector below which it is taken to depend on those before it. */
    private static final float DEPENDENT = 1e-4f;

    /** One identity after the other. */
    float[] identities() {
        float[] bases = new float[count * size * size];
        for (int i = 0; i < count * size; i++) {
            bases[i * size + i % size] = 1;
        }
        return bases;
    }

    /**
     * @param bases Q, shape [matrix][row][column], replaced by the next
     * @param powers S Q, the same shape, destroyed
     * @return for each matrix and new column, which old column it continues
     */
    int[] follow(float[] bases, float[] powers) {
        int[] order = new int[count * size];
        float[] old = new float[size * size];
        float[][] q = new float[size][size]; // rows of their own: only then are the loops along them made wide
        for (int matrix = 0; matrix < count; matrix++) {
            int offset = matrix * size * size;
            System.arraycopy(bases, offset, old, 0, old.length);
            int[] columns = byEigenvalue(old, powers, offset);
            System.arraycopy(columns, 0, order, matrix * size, size);
            for (int row = 0; row < size; row++) {
                for (int column = 0; column < size; column++) {
                    q[row][column] = powers[offset + row * size + columns[column]];
                }
            }
            orthonormalise(q, old, columns);
            for (int row = 0; row < size; row++) {
                System.arraycopy(q[row], 0, bases, offset + row * size, size);
            }
        }
        return order;
    }

    /** Columns in descending order of q' S q. */
    private int[] byEigenvalue(float[] basis, float[] powers, int offset) {
        float[] values = new float[size];
        for (int i = 0; i < basis.length; i++) {
            values[i % size] += basis[i] * powers[offset + i];
        }
        return IntStream.range(0, size)
                .boxed()
                .sorted((a, b) -> Float.compare(values[b], values[a]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Gram-Schmidt, each vector taken out of all later ones at once so that the inner loops run along rows. */
    private void orthonormalise(float[][] q, float[] old, int[] columns) {
        scale(q);
        float[] products = new float[size];
        for (int column = 0; column < size; column++) {
            float norm = norm(q, column);
            if (!(norm > DEPENDENT)) {
                replace(q, column, old, columns[column]);
                norm = norm(q, column);
            }
            for (float[] row : q) {
                row[column] /= norm;
            }
            takeOut(q, column, products);
        }
    }

    /** Columns to unit length. */
    private void scale(float[][] q) {
        float[] norms = new float[size];
        for (float[] row : q) {
            for (int column = 0; column < size; column++) {
                norms[column] += row[column] * row[column];
            }
        }
        for (int column = 0; column < size; column++) {
            norms[column] = norms[column] > 0 ? (float) (1 / Math.sqrt(norms[column])) : 0;
        }
        for (float[] row : q) {
            for (int column = 0; column < size; column++) {
                row[column] *= norms[column];
            }
        }
    }

    /** A unit column out of all behind it. */
    private void takeOut(float[][] q, int column, float[] products) {
        Arrays.fill(products, 0);
        for (float[] row : q) {
            addBehind(column, row[column], row, products);
        }
        for (float[] row : q) {
            addBehind(column, -row[column], products, row);
        }
    }

    private static void addBehind(int column, float factor, float[] summand, float[] sum) {
        for (int other = column + 1; other < sum.length; other++) {
            sum[other] += factor * summand[other];
        }
    }

    /** A column in the span of those before it: its old direction instead, or a coordinate axis, whichever is not. */
    private void replace(float[][] q, int column, float[] old, int oldColumn) {
        for (int attempt = -1; attempt < size; attempt++) {
            for (int row = 0; row < size; row++) {
                float axis = row == attempt ? 1 : 0;
                q[row][column] = attempt < 0 ? old[row * size + oldColumn] : axis;
            }
            for (int pass = 0; pass < 2; pass++) {
                for (int before = 0; before < column; before++) {
                    float product = 0;
                    for (float[] row : q) {
                        product += row[before] * row[column];
                    }
                    for (float[] row : q) {
                        row[column] -= product * row[before];
                    }
                }
            }
            // The axes are orthonormal: one of them keeps at least this length.
            if (norm(q, column) > 0.5 / Math.sqrt(size)) {
                return;
            }
        }
        throw new IllegalStateException("no direction left for column %d of %d".formatted(column, size));
    }

    private static float norm(float[][] q, int column) {
        float sum = 0;
        for (float[] row : q) {
            sum += row[column] * row[column];
        }
        return (float) Math.sqrt(sum);
    }
}
