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
        for (int matrix = 0; matrix < count; matrix++) {
            int offset = matrix * size * size;
            System.arraycopy(bases, offset, old, 0, old.length);
            int[] columns = byEigenvalue(old, powers, offset);
            System.arraycopy(columns, 0, order, matrix * size, size);
            for (int row = 0; row < size; row++) {
                for (int column = 0; column < size; column++) {
                    bases[offset + row * size + column] = powers[offset + row * size + columns[column]];
                }
            }
            orthonormalise(bases, offset, old, columns);
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
    private void orthonormalise(float[] q, int offset, float[] old, int[] columns) {
        scale(q, offset);
        float[] products = new float[size];
        for (int column = 0; column < size; column++) {
            float norm = norm(q, offset, column);
            if (!(norm > DEPENDENT)) {
                replace(q, offset, column, old, columns[column]);
                norm = norm(q, offset, column);
            }
            for (int row = 0; row < size; row++) {
                q[offset + row * size + column] /= norm;
            }
            takeOut(q, offset, column, column + 1, products);
        }
    }

    /** Columns to unit length. */
    private void scale(float[] q, int offset) {
        float[] norms = new float[size];
        for (int i = 0; i < size * size; i++) {
            norms[i % size] += q[offset + i] * q[offset + i];
        }
        for (int column = 0; column < size; column++) {
            norms[column] = norms[column] > 0 ? (float) (1 / Math.sqrt(norms[column])) : 0;
        }
        for (int i = 0; i < size * size; i++) {
            q[offset + i] *= norms[i % size];
        }
    }

    private void takeOut(float[] q, int offset, int column, int from, float[] products) {
        Arrays.fill(products, from, size, 0);
        for (int row = 0; row < size; row++) {
            int start = offset + row * size;
            float factor = q[start + column];
            for (int other = from; other < size; other++) {
                products[other] += factor * q[start + other];
            }
        }
        for (int row = 0; row < size; row++) {
            int start = offset + row * size;
            float factor = q[start + column];
            for (int other = from; other < size; other++) {
                q[start + other] -= factor * products[other];
            }
        }
    }

    /** A column in the span of those before it: its old direction instead, or a coordinate axis, whichever is not. */
    private void replace(float[] q, int offset, int column, float[] old, int oldColumn) {
        for (int attempt = -1; attempt < size; attempt++) {
            for (int row = 0; row < size; row++) {
                float axis = row == attempt ? 1 : 0;
                q[offset + row * size + column] = attempt < 0 ? old[row * size + oldColumn] : axis;
            }
            for (int pass = 0; pass < 2; pass++) {
                for (int before = 0; before < column; before++) {
                    float product = 0;
                    for (int row = 0; row < size; row++) {
                        product += q[offset + row * size + before] * q[offset + row * size + column];
                    }
                    for (int row = 0; row < size; row++) {
                        q[offset + row * size + column] -= product * q[offset + row * size + before];
                    }
                }
            }
            // The axes are orthonormal: one of them keeps at least this length.
            if (norm(q, offset, column) > 0.5 / Math.sqrt(size)) {
                return;
            }
        }
        throw new IllegalStateException("no direction left for column %d of %d".formatted(column, size));
    }

    private float norm(float[] q, int offset, int column) {
        float sum = 0;
        for (int row = 0; row < size; row++) {
            float value = q[offset + row * size + column];
            sum += value * value;
        }
        return (float) Math.sqrt(sum);
    }
}
