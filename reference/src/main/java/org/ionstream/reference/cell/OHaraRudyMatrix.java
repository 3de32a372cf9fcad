package org.ionstream.reference.cell;

import static org.ionstream.reference.cell.OHaraRudy2011.CAMK_TRAP;
import static org.ionstream.reference.cell.OHaraRudy2011.CA_I;
import static org.ionstream.reference.cell.OHaraRudy2011.CA_JSR;
import static org.ionstream.reference.cell.OHaraRudy2011.CA_NSR;
import static org.ionstream.reference.cell.OHaraRudy2011.CA_SS;
import static org.ionstream.reference.cell.OHaraRudy2011.CORE;
import static org.ionstream.reference.cell.OHaraRudy2011.J_REL_CAMK;
import static org.ionstream.reference.cell.OHaraRudy2011.J_REL_NP;
import static org.ionstream.reference.cell.OHaraRudy2011.K_I;
import static org.ionstream.reference.cell.OHaraRudy2011.K_SS;
import static org.ionstream.reference.cell.OHaraRudy2011.N;
import static org.ionstream.reference.cell.OHaraRudy2011.NA_I;
import static org.ionstream.reference.cell.OHaraRudy2011.NA_SS;
import static org.ionstream.reference.cell.OHaraRudy2011.TO_MYO;
import static org.ionstream.reference.cell.OHaraRudy2011.V;
import static org.ionstream.reference.cell.OHaraRudyPotential.GATES;

import java.util.Arrays;
import org.ionstream.reference.ode.SparseLuFactors;

/**
 * The Jacobian J of {@link OHaraRudy2011} in the form that makes I - gammaH J cheap to solve. The row of a gate has two entries,
 * V and itself, so that the 28 gates are eliminated first and a 13 x 13 core is factored. Gates enter the core in three groups:
 * the sodium gates through I_Na and I_NaL, the potassium gates through their currents, the calcium gates through the number of
 * open channels alone; one dot product per group serves all rows.
 *
 * <p>Time in ms. One thread.
 */
final class OHaraRudyMatrix {
    static final int SODIUM = 0;
    static final int POTASSIUM = 9;
    static final int CALCIUM = 15;
    static final int J_CA = 20;
    static final int DELAYED = 23;

    /** Columns of the core rows that are not zero once the gates are eliminated. */
    private static final int[][] PATTERN = {
        {V, NA_I, NA_SS, K_I, K_SS, CA_I, CA_SS, N, CAMK_TRAP}, // V
        {V, NA_I, NA_SS, K_I, CA_I, CA_SS, CAMK_TRAP}, // Na_i
        {V, NA_I, NA_SS, CA_SS, N, CAMK_TRAP}, // Na_ss
        {V, NA_I, K_I, K_SS, CA_I, CA_SS, CAMK_TRAP}, // K_i
        {V, K_I, K_SS, CA_SS, N, CAMK_TRAP}, // K_ss
        {V, NA_I, CA_I, CA_SS, CA_NSR, CAMK_TRAP}, // Ca_i
        {V, NA_SS, CA_I, CA_SS, N, J_REL_NP, J_REL_CAMK, CAMK_TRAP}, // Ca_ss
        {CA_I, CA_SS, CA_NSR, CA_JSR, CAMK_TRAP}, // Ca_nsr
        {CA_SS, CA_NSR, CA_JSR, J_REL_NP, J_REL_CAMK, CAMK_TRAP}, // Ca_jsr
        {V, CA_SS, N}, // n
        {V, CA_SS, CA_JSR, N, J_REL_NP, CAMK_TRAP}, // J_rel_NP
        {V, CA_SS, CA_JSR, N, J_REL_CAMK, CAMK_TRAP}, // J_rel_CaMK
        {CA_SS, CAMK_TRAP} // CaMK_trap
    };

    /** V last: its row and column are the fullest and would fill all others. */
    private static final SparseLuFactors.Pattern REVERSED = reversed();

    /** Row-major core block of J; columns of gates are not in it. */
    final double[] core = new double[CORE * CORE];
    /** d(dV/dt)/d(gate) of sodium and potassium gates; d(open channels)/d(gate) of calcium gates. */
    final double[] gateEffect = new double[GATES];
    /** d(core row)/d(open calcium channels). */
    final double[] perOpenChannel = new double[CORE];
    /** d(dn/dt)/d(j_Ca). */
    double nPerJCa;
    /** d(dx/dt)/dV of gate x. */
    final double[] gatePerV = new double[GATES];
    /** -d(dx/dt)/dx of gate x. */
    final double[] gateRate = new double[GATES];

    private double gammaH;
    private final double[] gatePivot = new double[GATES];
    /** gammaH d(dx/dt)/dV of gate x over its pivot. */
    private final double[] gateFollowsV = new double[GATES];

    private final SparseLuFactors factors = new SparseLuFactors(REVERSED);
    private final double[] reversed = new double[CORE];

    /** Row of V first and gates after it, as in {@link OHaraRudy2011}; for tests. */
    double[][] dense() {
        int n = CORE + GATES;
        double[][] jacobian = new double[n][n];
        for (int row = 0; row < CORE; row++) {
            System.arraycopy(core, row * CORE, jacobian[row], 0, CORE);
            for (int gate = CALCIUM; gate < DELAYED; gate++) {
                jacobian[row][CORE + gate] = perOpenChannel[row] * gateEffect[gate];
            }
        }
        for (int gate = 0; gate < GATES; gate++) {
            if (gate < CALCIUM || gate >= DELAYED) {
                jacobian[V][CORE + gate] = gateEffect[gate];
                jacobian[gate < POTASSIUM ? NA_I : K_I][CORE + gate] = TO_MYO * gateEffect[gate];
            }
            jacobian[CORE + gate][V] = gatePerV[gate];
            jacobian[CORE + gate][CORE + gate] = -gateRate[gate];
        }
        jacobian[N][CORE + J_CA] = nPerJCa;
        return jacobian;
    }

    /** @return false if I - gammaH J is singular or not finite */
    boolean factor(double gammaH) {
        this.gammaH = gammaH;
        for (int gate = 0; gate < GATES; gate++) {
            gatePivot[gate] = 1 / (1 + gammaH * gateRate[gate]);
            gateFollowsV[gate] = gammaH * gatePerV[gate] * gatePivot[gate];
        }
        double sodium = effect(SODIUM, POTASSIUM, gateFollowsV, 0);
        double potassium = effect(POTASSIUM, CALCIUM, gateFollowsV, 0) + effect(DELAYED, GATES, gateFollowsV, 0);
        double open = effect(CALCIUM, DELAYED, gateFollowsV, 0);
        double[] matrix = factors.matrix();
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = -gammaH * core[matrix.length - 1 - i];
        }
        for (int row = 0; row < CORE; row++) {
            matrix[row * (CORE + 1)] += 1;
            addToV(row, -gammaH * perOpenChannel[row] * open);
        }
        addToV(V, -gammaH * (sodium + potassium));
        addToV(NA_I, -gammaH * TO_MYO * sodium);
        addToV(K_I, -gammaH * TO_MYO * potassium);
        addToV(OHaraRudy2011.N, -gammaH * nPerJCa * gateFollowsV[J_CA]);
        return factors.factor();
    }

    /** Solves (I - gammaH J) x = b in place. */
    void solve(double[] b) {
        for (int gate = 0; gate < GATES; gate++) {
            b[CORE + gate] *= gatePivot[gate];
        }
        double sodium = effect(SODIUM, POTASSIUM, b, CORE);
        double potassium = effect(POTASSIUM, CALCIUM, b, CORE) + effect(DELAYED, GATES, b, CORE);
        double open = gammaH * effect(CALCIUM, DELAYED, b, CORE);
        b[V] += gammaH * (sodium + potassium);
        b[NA_I] += gammaH * TO_MYO * sodium;
        b[K_I] += gammaH * TO_MYO * potassium;
        b[N] += gammaH * nPerJCa * b[CORE + J_CA];
        for (int row = 0; row < CORE; row++) {
            reversed[CORE - 1 - row] = b[row] + perOpenChannel[row] * open;
        }
        factors.solve(reversed);
        for (int row = 0; row < CORE; row++) {
            b[row] = reversed[CORE - 1 - row];
        }
        double atV = b[V];
        for (int gate = 0; gate < GATES; gate++) {
            b[CORE + gate] += atV * gateFollowsV[gate];
        }
    }

    private static SparseLuFactors.Pattern reversed() {
        int[][] columns = new int[CORE][];
        for (int row = 0; row < CORE; row++) {
            columns[CORE - 1 - row] =
                    Arrays.stream(PATTERN[row]).map(column -> CORE - 1 - column).toArray();
        }
        return new SparseLuFactors.Pattern(columns);
    }

    private void addToV(int row, double value) {
        factors.matrix()[(CORE - 1 - row) * CORE + CORE - 1] += value;
    }

    private double effect(int from, int to, double[] vector, int firstGate) {
        double sum = 0;
        for (int gate = from; gate < to; gate++) {
            sum += gateEffect[gate] * vector[firstGate + gate];
        }
        return sum;
    }
}
