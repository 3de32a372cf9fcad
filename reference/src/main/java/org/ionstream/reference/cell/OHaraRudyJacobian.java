package org.ionstream.reference.cell;

import static org.ionstream.reference.cell.OHaraRudy2011.CORE;
import static org.ionstream.reference.cell.OHaraRudy2011.TO_MYO;
import static org.ionstream.reference.cell.OHaraRudy2011.TO_SS;
import static org.ionstream.reference.cell.OHaraRudyPotential.GATES;

import org.ionstream.reference.ode.LuFactors;

/**
 * The Jacobian of {@link OHaraRudy2011} in the form that makes it cheap. The row of a gate has two entries, V and itself, so
 * that I - gammaH J is solved by eliminating the 28 gates and factoring a 13 x 13 core. Gates enter the core in three groups:
 * the sodium gates through I_Na and I_NaL, the potassium gates through their currents, the calcium gates through the number
 * of open channels alone; one dot product per group serves all rows.
 *
 * <p>The gates' columns are analytic. The 12 core columns other than V are differences with the functions of V held, the
 * column of V is a difference of the whole right-hand side.
 */
final class OHaraRudyJacobian {
    private static final int SODIUM = 0;
    private static final int POTASSIUM = 9;
    private static final int CALCIUM = 15;
    private static final int J_CA = 20;
    private static final int DELAYED = 23;
    /** Relative increment of differences, near the root of the rounding error. */
    private static final double INCREMENT = 3e-8;

    private final OHaraRudy2011 model;
    private final OHaraRudyPotential potential;
    private final double[] scales;

    /** Row-major core block of J; columns of gates are not in it. */
    private final double[] core = new double[CORE * CORE];
    /** d(dV/dt)/d(gate) of sodium and potassium gates; d(open channels)/d(gate) of calcium gates. */
    private final double[] gateEffect = new double[GATES];
    /** d(core row)/d(open calcium channels). */
    private final double[] perOpenChannel = new double[CORE];
    /** d(dn/dt)/d(j_Ca). */
    private double nPerJCa;
    /** d(dx/dt)/dV of gate x. */
    private final double[] gatePerV = new double[GATES];

    private final double[] gateRate = new double[GATES];

    private final double[] shifted = new double[CORE + GATES];
    private final double[] shiftedDerivatives = new double[CORE + GATES];

    private double gammaH;
    private final double[] gatePivot = new double[GATES];
    private final LuFactors factors = new LuFactors(CORE);

    OHaraRudyJacobian(OHaraRudy2011 model, OHaraRudyPotential potential) {
        this.model = model;
        this.potential = potential;
        this.scales = model.scales();
    }

    void linearise(double current, double[] y, double[] dy) {
        model.derivatives(current, y, dy);
        System.arraycopy(potential.rate, 0, gateRate, 0, GATES);
        sodiumColumns(y);
        potassiumColumns(y);
        calciumColumns(y);
        System.arraycopy(y, 0, shifted, 0, y.length);
        for (int column = 1; column < CORE; column++) {
            double increment = shift(column, y);
            model.coreDerivatives(current, shifted, shiftedDerivatives);
            differences(column, increment, dy);
            shifted[column] = y[column];
        }
        double increment = shift(OHaraRudy2011.V, y);
        model.derivatives(current, shifted, shiftedDerivatives);
        differences(OHaraRudy2011.V, increment, dy);
        for (int gate = 0; gate < GATES; gate++) {
            gatePerV[gate] = (shiftedDerivatives[CORE + gate] - dy[CORE + gate]) / increment;
        }
    }

    boolean factor(double gammaH) {
        this.gammaH = gammaH;
        double[] matrix = factors.matrix();
        for (int row = 0; row < CORE; row++) {
            for (int column = 0; column < CORE; column++) {
                matrix[row * CORE + column] = (row == column ? 1 : 0) - gammaH * core[row * CORE + column];
            }
        }
        for (int gate = 0; gate < GATES; gate++) {
            gatePivot[gate] = 1 / (1 + gammaH * gateRate[gate]);
            shifted[CORE + gate] = gammaH * gatePerV[gate] * gatePivot[gate];
        }
        double sodium = effect(SODIUM, POTASSIUM, shifted);
        double potassium = effect(POTASSIUM, CALCIUM, shifted) + effect(DELAYED, GATES, shifted);
        double open = effect(CALCIUM, DELAYED, shifted);
        for (int row = 0; row < CORE; row++) {
            matrix[row * CORE] -= gammaH * perOpenChannel[row] * open;
        }
        matrix[OHaraRudy2011.V * CORE] -= gammaH * (sodium + potassium);
        matrix[OHaraRudy2011.NA_I * CORE] -= gammaH * TO_MYO * sodium;
        matrix[OHaraRudy2011.K_I * CORE] -= gammaH * TO_MYO * potassium;
        matrix[OHaraRudy2011.N * CORE] -= gammaH * nPerJCa * shifted[CORE + J_CA];
        return factors.factor();
    }

    void solve(double[] b) {
        for (int gate = 0; gate < GATES; gate++) {
            b[CORE + gate] *= gatePivot[gate];
        }
        double sodium = effect(SODIUM, POTASSIUM, b);
        double potassium = effect(POTASSIUM, CALCIUM, b) + effect(DELAYED, GATES, b);
        double open = effect(CALCIUM, DELAYED, b);
        for (int row = 0; row < CORE; row++) {
            b[row] += gammaH * perOpenChannel[row] * open;
        }
        b[OHaraRudy2011.V] += gammaH * (sodium + potassium);
        b[OHaraRudy2011.NA_I] += gammaH * TO_MYO * sodium;
        b[OHaraRudy2011.K_I] += gammaH * TO_MYO * potassium;
        b[OHaraRudy2011.N] += gammaH * nPerJCa * b[CORE + J_CA];
        factors.solve(b);
        double scaledV = gammaH * b[OHaraRudy2011.V];
        for (int gate = 0; gate < GATES; gate++) {
            b[CORE + gate] += scaledV * gatePerV[gate] * gatePivot[gate];
        }
    }

    private double shift(int column, double[] y) {
        double before = y[column];
        shifted[column] = before + INCREMENT * Math.max(Math.abs(before), scales[column]);
        return shifted[column] - before;
    }

    private void differences(int column, double increment, double[] dy) {
        for (int row = 0; row < CORE; row++) {
            core[row * CORE + column] = (shiftedDerivatives[row] - dy[row]) / increment;
        }
    }

    private double effect(int from, int to, double[] vector) {
        double sum = 0;
        for (int gate = from; gate < to; gate++) {
            sum += gateEffect[gate] * vector[CORE + gate];
        }
        return sum;
    }

    private void sodiumColumns(double[] y) {
        double camk = model.camk;
        double m = y[CORE];
        double h = 0.99 * y[CORE + 1] + 0.01 * y[CORE + 2];
        double hCamk = 0.99 * y[CORE + 1] + 0.01 * y[CORE + 4];
        double j = (1 - camk) * y[CORE + 3];
        double jCamk = camk * y[CORE + 5];
        double cube = -model.sodiumDrive * m * m * m;
        gateEffect[0] = -model.sodiumDrive * 3 * m * m * (h * j + hCamk * jCamk);
        gateEffect[1] = cube * 0.99 * (j + jCamk);
        gateEffect[2] = cube * 0.01 * j;
        gateEffect[3] = cube * (1 - camk) * h;
        gateEffect[4] = cube * 0.01 * jCamk;
        gateEffect[5] = cube * camk * hCamk;
        gateEffect[6] = -model.lateSodiumDrive * ((1 - camk) * y[CORE + 7] + camk * y[CORE + 8]);
        gateEffect[7] = -model.lateSodiumDrive * y[CORE + 6] * (1 - camk);
        gateEffect[8] = -model.lateSodiumDrive * y[CORE + 6] * camk;
    }

    private void potassiumColumns(double[] y) {
        double fast = potential.aIFast;
        double drive = -model.potassiumDriveTo * (1 - model.camk);
        double driveCamk = -model.potassiumDriveTo * model.camk;
        gateEffect[9] = drive * (fast * y[CORE + 10] + (1 - fast) * y[CORE + 11]);
        gateEffect[10] = drive * y[CORE + 9] * fast;
        gateEffect[11] = drive * y[CORE + 9] * (1 - fast);
        gateEffect[12] = driveCamk * (fast * y[CORE + 13] + (1 - fast) * y[CORE + 14]);
        gateEffect[13] = driveCamk * y[CORE + 12] * fast;
        gateEffect[14] = driveCamk * y[CORE + 12] * (1 - fast);
        gateEffect[23] = -model.potassiumDriveKr * potential.aXrFast;
        gateEffect[24] = -model.potassiumDriveKr * (1 - potential.aXrFast);
        gateEffect[25] = -model.slowPotassiumDrive * y[CORE + 26];
        gateEffect[26] = -model.slowPotassiumDrive * y[CORE + 25];
        gateEffect[27] = -model.potassiumDriveK1;
    }

    private void calciumColumns(double[] y) {
        double camk = 1.1 * model.camk;
        double plain = 1 - model.camk;
        double fast = potential.aFCaFast;
        double d = y[CORE + 15];
        double n = y[OHaraRudy2011.N];
        double jCa = y[CORE + J_CA];
        double f = 0.6 * y[CORE + 16] + 0.4 * y[CORE + 17];
        double fCamk = 0.6 * y[CORE + 21] + 0.4 * y[CORE + 17];
        double fCa = fast * y[CORE + 18] + (1 - fast) * y[CORE + 19];
        double fCaCamk = fast * y[CORE + 22] + (1 - fast) * y[CORE + 19];
        gateEffect[15] = plain * (f * (1 - n) + fCa * n * jCa) + camk * (fCamk * (1 - n) + fCaCamk * n * jCa);
        gateEffect[16] = d * plain * 0.6 * (1 - n);
        gateEffect[17] = d * (plain + camk) * 0.4 * (1 - n);
        gateEffect[18] = d * plain * fast * n * jCa;
        gateEffect[19] = d * (plain + camk) * (1 - fast) * n * jCa;
        gateEffect[20] = d * (plain * fCa + camk * fCaCamk) * n;
        gateEffect[21] = d * camk * 0.6 * (1 - n);
        gateEffect[22] = d * camk * fast * n * jCa;

        perOpenChannel[OHaraRudy2011.V] =
                -(model.calciumDrive + model.calciumSodiumDrive + model.calciumPotassiumDrive);
        perOpenChannel[OHaraRudy2011.NA_SS] = -model.calciumSodiumDrive * TO_SS;
        perOpenChannel[OHaraRudy2011.K_SS] = -model.calciumPotassiumDrive * TO_SS;
        perOpenChannel[OHaraRudy2011.CA_SS] = -model.bufferSs * model.calciumDrive * TO_SS / 2;
        perOpenChannel[OHaraRudy2011.J_REL_NP] = model.releaseGain() * model.calciumDrive;
        perOpenChannel[OHaraRudy2011.J_REL_CAMK] = model.releaseGainCamk() * model.calciumDrive;
        double open = 1 + 0.002 / y[OHaraRudy2011.CA_SS];
        double closing = 1000 + jCa * open * open * open * open;
        nPerJCa = 1e6 / (closing * closing) - n;
    }
}
