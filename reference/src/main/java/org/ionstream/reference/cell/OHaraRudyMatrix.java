package org.ionstream.reference.cell;

import static org.ionstream.reference.cell.OHaraRudy2011.CORE;
import static org.ionstream.reference.cell.OHaraRudy2011.TO_MYO;
import static org.ionstream.reference.cell.OHaraRudyPotential.GATES;

import org.ionstream.reference.ode.LuFactors;

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

    private final LuFactors factors = new LuFactors(CORE);
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
                jacobian[OHaraRudy2011.V][CORE + gate] = gateEffect[gate];
                jacobian[gate < POTASSIUM ? OHaraRudy2011.NA_I : OHaraRudy2011.K_I][CORE + gate] =
                        TO_MYO * gateEffect[gate];
            }
            jacobian[CORE + gate][OHaraRudy2011.V] = gatePerV[gate];
            jacobian[CORE + gate][CORE + gate] = -gateRate[gate];
        }
        jacobian[OHaraRudy2011.N][CORE + J_CA] = nPerJCa;
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
        // V last: its row and column are the full ones and would fill all others
        double[] matrix = factors.matrix();
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = -gammaH * core[matrix.length - 1 - i];
        }
        for (int row = 0; row < CORE; row++) {
            matrix[row * (CORE + 1)] += 1;
            addToV(row, -gammaH * perOpenChannel[row] * open);
        }
        addToV(OHaraRudy2011.V, -gammaH * (sodium + potassium));
        addToV(OHaraRudy2011.NA_I, -gammaH * TO_MYO * sodium);
        addToV(OHaraRudy2011.K_I, -gammaH * TO_MYO * potassium);
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
        b[OHaraRudy2011.V] += gammaH * (sodium + potassium);
        b[OHaraRudy2011.NA_I] += gammaH * TO_MYO * sodium;
        b[OHaraRudy2011.K_I] += gammaH * TO_MYO * potassium;
        b[OHaraRudy2011.N] += gammaH * nPerJCa * b[CORE + J_CA];
        for (int row = 0; row < CORE; row++) {
            reversed[CORE - 1 - row] = b[row] + perOpenChannel[row] * open;
        }
        factors.solve(reversed);
        for (int row = 0; row < CORE; row++) {
            b[row] = reversed[CORE - 1 - row];
        }
        double V = b[OHaraRudy2011.V];
        for (int gate = 0; gate < GATES; gate++) {
            b[CORE + gate] += V * gateFollowsV[gate];
        }
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
