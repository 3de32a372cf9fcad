package org.ionstream.reference.cell;

import static org.ionstream.reference.cell.OHaraRudy2011.CA_SS;
import static org.ionstream.reference.cell.OHaraRudy2011.CORE;
import static org.ionstream.reference.cell.OHaraRudy2011.J_REL_CAMK;
import static org.ionstream.reference.cell.OHaraRudy2011.J_REL_NP;
import static org.ionstream.reference.cell.OHaraRudy2011.K_SS;
import static org.ionstream.reference.cell.OHaraRudy2011.N;
import static org.ionstream.reference.cell.OHaraRudy2011.NA_SS;
import static org.ionstream.reference.cell.OHaraRudy2011.TO_SS;
import static org.ionstream.reference.cell.OHaraRudy2011.V;
import static org.ionstream.reference.cell.OHaraRudyMatrix.J_CA;
import static org.ionstream.reference.cell.OHaraRudyPotential.GATES;

/**
 * Fills {@link OHaraRudyMatrix} with the derivatives of {@link OHaraRudy2011}: those with respect to the gates are analytic, those
 * with respect to V are a difference of the whole right-hand side, since every exponential depends on V. The rest is in
 * {@link OHaraRudyCorePartials}.
 *
 * <p>One thread.
 */
final class OHaraRudyJacobian {
    /** mV; near the root of the rounding error of 100 mV. */
    private static final double INCREMENT_MV = 3e-6;

    private final OHaraRudy2011 model;
    private final OHaraRudyPotential potential;
    private final OHaraRudyMatrix matrix;
    private final OHaraRudyCorePartials core;
    private final double[] shifted = new double[CORE + GATES];
    private final double[] shiftedDerivatives = new double[CORE + GATES];

    private double sodiumPerCamk;
    private double potassiumPerCamk;
    private double openPerCamk;
    private double openPerN;

    OHaraRudyJacobian(
            OHaraRudy2011 model,
            OHaraRudyPotential potential,
            OHaraRudyTransport transport,
            OHaraRudyConstants constants,
            OHaraRudyMatrix matrix) {
        this.model = model;
        this.potential = potential;
        this.matrix = matrix;
        this.core = new OHaraRudyCorePartials(model, potential, transport, constants, matrix);
    }

    /** Evaluates the right-hand side and the Jacobian at y. */
    void linearise(double current, double[] y, double[] dy) {
        model.derivatives(current, y, dy);
        System.arraycopy(potential.rate, 0, matrix.gateRate, 0, GATES);
        sodiumGates(y);
        potassiumGates(y);
        calciumGates(y);
        openChannels(y);
        core.evaluate(y, dy, openPerN, sodiumPerCamk, potassiumPerCamk, openPerCamk);
        columnOfV(current, y, dy);
    }

    private void columnOfV(double current, double[] y, double[] dy) {
        System.arraycopy(y, 0, shifted, 0, y.length);
        shifted[V] = y[V] + INCREMENT_MV;
        model.derivatives(current, shifted, shiftedDerivatives);
        double perIncrement = 1 / (shifted[V] - y[V]);
        for (int row = 0; row < CORE; row++) {
            matrix.core[row * CORE + V] = (shiftedDerivatives[row] - dy[row]) * perIncrement;
        }
        for (int gate = 0; gate < GATES; gate++) {
            matrix.gatePerV[gate] = (shiftedDerivatives[CORE + gate] - dy[CORE + gate]) * perIncrement;
        }
    }

    private void sodiumGates(double[] y) {
        double camk = model.camk;
        double m = y[CORE];
        double h = 0.99 * y[CORE + 1] + 0.01 * y[CORE + 2];
        double hCamk = 0.99 * y[CORE + 1] + 0.01 * y[CORE + 4];
        double j = (1 - camk) * y[CORE + 3];
        double jCamk = camk * y[CORE + 5];
        double cube = -model.sodiumDrive * m * m * m;
        matrix.gateEffect[0] = -model.sodiumDrive * 3 * m * m * (h * j + hCamk * jCamk);
        matrix.gateEffect[1] = cube * 0.99 * (j + jCamk);
        matrix.gateEffect[2] = cube * 0.01 * j;
        matrix.gateEffect[3] = cube * (1 - camk) * h;
        matrix.gateEffect[4] = cube * 0.01 * jCamk;
        matrix.gateEffect[5] = cube * camk * hCamk;
        matrix.gateEffect[6] = -model.lateSodiumDrive * ((1 - camk) * y[CORE + 7] + camk * y[CORE + 8]);
        sodiumPerCamk = model.sodiumDrive * m * m * m * (hCamk * y[CORE + 5] - h * y[CORE + 3])
                + model.lateSodiumDrive * y[CORE + 6] * (y[CORE + 8] - y[CORE + 7]);
        matrix.gateEffect[7] = -model.lateSodiumDrive * y[CORE + 6] * (1 - camk);
        matrix.gateEffect[8] = -model.lateSodiumDrive * y[CORE + 6] * camk;
    }

    private void potassiumGates(double[] y) {
        double fast = potential.aIFast;
        double drive = -model.potassiumDriveTo * (1 - model.camk);
        double driveCamk = -model.potassiumDriveTo * model.camk;
        double i = fast * y[CORE + 10] + (1 - fast) * y[CORE + 11];
        double iCamk = fast * y[CORE + 13] + (1 - fast) * y[CORE + 14];
        potassiumPerCamk = model.potassiumDriveTo * (y[CORE + 12] * iCamk - y[CORE + 9] * i);
        matrix.gateEffect[9] = drive * i;
        matrix.gateEffect[10] = drive * y[CORE + 9] * fast;
        matrix.gateEffect[11] = drive * y[CORE + 9] * (1 - fast);
        matrix.gateEffect[12] = driveCamk * iCamk;
        matrix.gateEffect[13] = driveCamk * y[CORE + 12] * fast;
        matrix.gateEffect[14] = driveCamk * y[CORE + 12] * (1 - fast);
        matrix.gateEffect[23] = -model.potassiumDriveKr * potential.aXrFast;
        matrix.gateEffect[24] = -model.potassiumDriveKr * (1 - potential.aXrFast);
        matrix.gateEffect[25] = -model.slowPotassiumDrive * y[CORE + 26];
        matrix.gateEffect[26] = -model.slowPotassiumDrive * y[CORE + 25];
        matrix.gateEffect[27] = -model.potassiumDriveK1;
    }

    private void calciumGates(double[] y) {
        double camk = 1.1 * model.camk;
        double plain = 1 - model.camk;
        double fast = potential.aFCaFast;
        double d = y[CORE + 15];
        double n = y[N];
        double jCa = y[CORE + J_CA];
        double f = 0.6 * y[CORE + 16] + 0.4 * y[CORE + 17];
        double fCamk = 0.6 * y[CORE + 21] + 0.4 * y[CORE + 17];
        double fCa = fast * y[CORE + 18] + (1 - fast) * y[CORE + 19];
        double fCaCamk = fast * y[CORE + 22] + (1 - fast) * y[CORE + 19];
        matrix.gateEffect[15] = plain * (f * (1 - n) + fCa * n * jCa) + camk * (fCamk * (1 - n) + fCaCamk * n * jCa);
        matrix.gateEffect[16] = d * plain * 0.6 * (1 - n);
        matrix.gateEffect[17] = d * (plain + camk) * 0.4 * (1 - n);
        matrix.gateEffect[18] = d * plain * fast * n * jCa;
        matrix.gateEffect[19] = d * (plain + camk) * (1 - fast) * n * jCa;
        matrix.gateEffect[20] = d * (plain * fCa + camk * fCaCamk) * n;
        matrix.gateEffect[21] = d * camk * 0.6 * (1 - n);
        matrix.gateEffect[22] = d * camk * fast * n * jCa;
        openPerN = d * (plain * (fCa * jCa - f) + camk * (fCaCamk * jCa - fCamk));
        openPerCamk = d * (1.1 * (fCamk * (1 - n) + fCaCamk * n * jCa) - (f * (1 - n) + fCa * n * jCa));
    }

    private void openChannels(double[] y) {
        double[] perOpenChannel = matrix.perOpenChannel;
        perOpenChannel[V] = -(model.calciumDrive + model.calciumSodiumDrive + model.calciumPotassiumDrive);
        perOpenChannel[NA_SS] = -model.calciumSodiumDrive * TO_SS;
        perOpenChannel[K_SS] = -model.calciumPotassiumDrive * TO_SS;
        perOpenChannel[CA_SS] = -model.bufferSs * model.calciumDrive * TO_SS / 2;
        perOpenChannel[J_REL_NP] = model.releaseGain() * model.calciumDrive;
        perOpenChannel[J_REL_CAMK] = model.releaseGainCamk() * model.calciumDrive;
        double open = 1 + 0.002 / y[CA_SS];
        double closing = 1000 + y[CORE + J_CA] * open * open * open * open;
        matrix.nPerJCa = 1e6 / (closing * closing) - y[N];
    }
}
