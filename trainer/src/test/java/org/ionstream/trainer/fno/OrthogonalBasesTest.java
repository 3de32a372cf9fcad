package org.ionstream.trainer.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OrthogonalBasesTest {
    private static final int SIZE = 6;
    private static final OrthogonalBases TWO = new OrthogonalBases(2, SIZE);

    @Test
    void shouldComeToTheEigenvectorsInDescendingOrder() {
        float[] matrices = new float[2 * SIZE * SIZE];
        fill(matrices, 0, 1, new double[] {1, 30, 4, 1e-3, 200, 9});
        fill(matrices, SIZE * SIZE, 2, new double[] {5, 50, 0.5, 500, 0, 5e3});
        float[] bases = TWO.identities();

        for (int i = 0; i < 60; i++) {
            TWO.follow(bases, products(matrices, bases));
        }

        double[][] expected = {{200, 30, 9, 4, 1, 1e-3}, {5e3, 500, 50, 5, 0.5, 0}};
        for (int matrix = 0; matrix < 2; matrix++) {
            float[] powers = products(matrices, bases);
            for (int column = 0; column < SIZE; column++) {
                double value = dot(bases, powers, matrix, column, column);
                assertThat(value).isCloseTo(expected[matrix][column], within(1e-2 * (1e-2 + expected[matrix][column])));
            }
        }
        assertOrthonormal(bases);
    }

    @Test
    void shouldStayABasisWhereAMatrixHasNoRank() {
        float[] matrices = new float[2 * SIZE * SIZE];
        matrices[0] = 1; // the other one is zero
        float[] bases = TWO.identities();

        int[] order = TWO.follow(bases, products(matrices, bases));

        assertOrthonormal(bases);
        assertThat(order[0]).isZero();
    }

    @Test
    void shouldTellWhereColumnsWent() {
        float[] matrices = new float[2 * SIZE * SIZE];
        for (int i = 0; i < SIZE; i++) {
            matrices[i * SIZE + i] = 1 + i;
            matrices[SIZE * SIZE + i * SIZE + i] = 10 - i;
        }
        float[] bases = TWO.identities();

        int[] order = TWO.follow(bases, products(matrices, bases));

        assertThat(order).containsExactly(5, 4, 3, 2, 1, 0, 0, 1, 2, 3, 4, 5);
        assertThat(bases[5 * SIZE]).as("first column is the last axis").isEqualTo(1);
    }

    private static void assertOrthonormal(float[] bases) {
        for (int matrix = 0; matrix < 2; matrix++) {
            for (int a = 0; a < SIZE; a++) {
                for (int b = 0; b < SIZE; b++) {
                    assertThat(columnProduct(bases, matrix, a, b)).isCloseTo(a == b ? 1 : 0, within(1e-4));
                }
            }
        }
    }

    private static double columnProduct(float[] bases, int matrix, int a, int b) {
        double sum = 0;
        for (int row = 0; row < SIZE; row++) {
            sum += (double) bases[(matrix * SIZE + row) * SIZE + a] * bases[(matrix * SIZE + row) * SIZE + b];
        }
        return sum;
    }

    private static double dot(float[] bases, float[] powers, int matrix, int a, int b) {
        double sum = 0;
        for (int row = 0; row < SIZE; row++) {
            sum += (double) bases[(matrix * SIZE + row) * SIZE + a] * powers[(matrix * SIZE + row) * SIZE + b];
        }
        return sum;
    }

    /** Symmetric with these eigenvalues: a diagonal turned by random plane rotations. */
    private static void fill(float[] matrices, int offset, long seed, double[] eigenvalues) {
        double[][] s = new double[SIZE][SIZE];
        for (int i = 0; i < SIZE; i++) {
            s[i][i] = eigenvalues[i];
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int turn = 0; turn < 20; turn++) {
            int p = random.nextInt(SIZE);
            int q = (p + 1 + random.nextInt(SIZE - 1)) % SIZE;
            double cos = Math.cos(random.nextDouble(6));
            double sin = Math.sqrt(1 - cos * cos);
            for (int i = 0; i < SIZE; i++) {
                double old = s[p][i];
                s[p][i] = cos * old - sin * s[q][i];
                s[q][i] = sin * old + cos * s[q][i];
            }
            for (int i = 0; i < SIZE; i++) {
                double old = s[i][p];
                s[i][p] = cos * old - sin * s[i][q];
                s[i][q] = sin * old + cos * s[i][q];
            }
        }
        for (int i = 0; i < SIZE * SIZE; i++) {
            matrices[offset + i] = (float) s[i / SIZE][i % SIZE];
        }
    }

    private static float[] products(float[] matrices, float[] bases) {
        float[] products = new float[matrices.length];
        for (int matrix = 0; matrix < 2; matrix++) {
            int offset = matrix * SIZE * SIZE;
            for (int i = 0; i < SIZE; i++) {
                for (int j = 0; j < SIZE; j++) {
                    double sum = 0;
                    for (int k = 0; k < SIZE; k++) {
                        sum += (double) matrices[offset + i * SIZE + k] * bases[offset + k * SIZE + j];
                    }
                    products[offset + i * SIZE + j] = (float) sum;
                }
            }
        }
        return products;
    }
}
