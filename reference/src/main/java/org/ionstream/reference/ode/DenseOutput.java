package org.ionstream.reference.ode;

/**
 * The polynomial y(t + theta h) = y + theta (p_1 + theta (p_2 + theta (p_3 + theta p_4))) that a step leaves behind, for theta in
 * [0, 1]. One thread.
 */
final class DenseOutput {
    static final int DEGREE = 4;

    /** [power - 1][variable]. */
    private final double[][] p;

    private final double[] zero;

    DenseOutput(int dimension) {
        this.p = new double[DEGREE][dimension];
        this.zero = new double[dimension];
    }

    /**
     * p_m = scale * sum_j weights[m - 1][j] stages[j].
     *
     * @param weights at most {@link #DEGREE} rows
     */
    void set(double scale, double[][] weights, double[][] stages) {
        for (int power = 0; power < weights.length; power++) {
            Stages.combine(zero, scale, weights[power], stages, weights[power].length, p[power]);
        }
    }

    void interpolate(double[] start, double theta, double[] state) {
        double[] p1 = p[0];
        double[] p2 = p[1];
        double[] p3 = p[2];
        double[] p4 = p[3];
        for (int i = 0; i < state.length; i++) {
            state[i] = start[i] + theta * (p1[i] + theta * (p2[i] + theta * (p3[i] + theta * p4[i])));
        }
    }

    /** dy/d(theta). */
    void differentiate(double theta, double[] slope) {
        for (int i = 0; i < slope.length; i++) {
            slope[i] = p[0][i] + theta * (2 * p[1][i] + theta * (3 * p[2][i] + theta * 4 * p[3][i]));
        }
    }

    DenseOutput copy() {
        DenseOutput copy = new DenseOutput(p[0].length);
        for (int power = 0; power < DEGREE; power++) {
            System.arraycopy(p[power], 0, copy.p[power], 0, p[power].length);
        }
        return copy;
    }
}
