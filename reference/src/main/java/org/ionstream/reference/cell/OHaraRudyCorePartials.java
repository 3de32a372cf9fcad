package org.ionstream.reference.cell;

import static org.ionstream.reference.cell.OHaraRudy2011.BSL;
import static org.ionstream.reference.cell.OHaraRudy2011.BSR;
import static org.ionstream.reference.cell.OHaraRudy2011.B_T;
import static org.ionstream.reference.cell.OHaraRudy2011.B_T_CAMK;
import static org.ionstream.reference.cell.OHaraRudy2011.CAMK_TRAP;
import static org.ionstream.reference.cell.OHaraRudy2011.CA_I;
import static org.ionstream.reference.cell.OHaraRudy2011.CA_JSR;
import static org.ionstream.reference.cell.OHaraRudy2011.CA_NSR;
import static org.ionstream.reference.cell.OHaraRudy2011.CA_SS;
import static org.ionstream.reference.cell.OHaraRudy2011.CORE;
import static org.ionstream.reference.cell.OHaraRudy2011.CSQN;
import static org.ionstream.reference.cell.OHaraRudy2011.J_REL_CAMK;
import static org.ionstream.reference.cell.OHaraRudy2011.J_REL_NP;
import static org.ionstream.reference.cell.OHaraRudy2011.J_UP_CAMK;
import static org.ionstream.reference.cell.OHaraRudy2011.KM_BSL;
import static org.ionstream.reference.cell.OHaraRudy2011.KM_BSR;
import static org.ionstream.reference.cell.OHaraRudy2011.KM_CAMK;
import static org.ionstream.reference.cell.OHaraRudy2011.KM_CMDN;
import static org.ionstream.reference.cell.OHaraRudy2011.KM_CSQN;
import static org.ionstream.reference.cell.OHaraRudy2011.KM_PCA;
import static org.ionstream.reference.cell.OHaraRudy2011.KM_RELEASE;
import static org.ionstream.reference.cell.OHaraRudy2011.KM_TRPN;
import static org.ionstream.reference.cell.OHaraRudy2011.KM_UP;
import static org.ionstream.reference.cell.OHaraRudy2011.KM_UP_CAMK;
import static org.ionstream.reference.cell.OHaraRudy2011.K_I;
import static org.ionstream.reference.cell.OHaraRudy2011.K_SS;
import static org.ionstream.reference.cell.OHaraRudy2011.LEAK;
import static org.ionstream.reference.cell.OHaraRudy2011.N;
import static org.ionstream.reference.cell.OHaraRudy2011.NA_I;
import static org.ionstream.reference.cell.OHaraRudy2011.NA_SS;
import static org.ionstream.reference.cell.OHaraRudy2011.P_NA_K;
import static org.ionstream.reference.cell.OHaraRudy2011.RT_OVER_F;
import static org.ionstream.reference.cell.OHaraRudy2011.TAU_DIFFUSION;
import static org.ionstream.reference.cell.OHaraRudy2011.TAU_DIFFUSION_CA;
import static org.ionstream.reference.cell.OHaraRudy2011.TAU_TRANSFER;
import static org.ionstream.reference.cell.OHaraRudy2011.TO_MYO;
import static org.ionstream.reference.cell.OHaraRudy2011.TO_SS;
import static org.ionstream.reference.cell.OHaraRudy2011.TRPN;
import static org.ionstream.reference.cell.OHaraRudy2011.V;
import static org.ionstream.reference.cell.OHaraRudy2011.V_JSR;
import static org.ionstream.reference.cell.OHaraRudy2011.V_MYO;
import static org.ionstream.reference.cell.OHaraRudy2011.V_NSR;
import static org.ionstream.reference.cell.OHaraRudy2011.V_SS;
import static org.ionstream.reference.cell.OHaraRudyMatrix.J_CA;

import java.util.Arrays;

/**
 * The derivatives of the core equations of {@link OHaraRudy2011} with respect to the core variables other than V, at the point
 * of the model's last evaluation. Analytic, but for exchanger and pump, of which differences are taken.
 *
 * <p>Concentrations in mM, time in ms. One thread.
 */
final class OHaraRudyCorePartials {
    /** Relative increment of differences, near the root of the rounding error. */
    private static final double INCREMENT = 3e-8;

    private static final double SS_PER_MYO = V_SS / V_MYO;
    private static final double NSR_PER_MYO = V_NSR / V_MYO;
    private static final double JSR_PER_NSR = V_JSR / V_NSR;
    private static final double JSR_PER_SS = V_JSR / V_SS;

    private final OHaraRudy2011 model;
    private final OHaraRudyPotential potential;
    private final OHaraRudyTransport transport;
    private final OHaraRudyMatrix matrix;
    private final OHaraRudyConstants constants;

    OHaraRudyCorePartials(
            OHaraRudy2011 model,
            OHaraRudyPotential potential,
            OHaraRudyTransport transport,
            OHaraRudyConstants constants,
            OHaraRudyMatrix matrix) {
        this.model = model;
        this.potential = potential;
        this.transport = transport;
        this.constants = constants;
        this.matrix = matrix;
    }

    /**
     * @param dy the derivatives at y
     * @param openPerN d(open calcium channels)/dn
     * @param sodiumPerCamk d(I_Na + I_NaL)/d(active share of CaMK)
     * @param potassiumPerCamk d(I_to)/d(active share of CaMK)
     * @param openPerCamk d(open calcium channels)/d(active share of CaMK)
     */
    void evaluate(
            double[] y,
            double[] dy,
            double openPerN,
            double sodiumPerCamk,
            double potassiumPerCamk,
            double openPerCamk) {
        Arrays.fill(matrix.core, 0);
        sodium(y);
        potassium(y);
        myoplasmicCalcium(y, dy);
        subspaceCalcium(y, dy);
        reticulum(y, dy);
        release();
        for (int row = 0; row < CORE; row++) {
            set(row, N, openPerN * matrix.perOpenChannel[row]);
        }
        add(N, N, -y[CORE + J_CA]);
        camk(y, sodiumPerCamk, potassiumPerCamk, openPerCamk);
    }

    private void sodium(double[] y) {
        double drive = model.sodiumConductance * RT_OVER_F / y[NA_I];
        double slow = model.slowPotassiumConductance * RT_OVER_F * P_NA_K / (y[K_I] + P_NA_K * y[NA_I]);
        double myo = 0.8 * exchangePerNa(y[NA_I], y[CA_I], model.INaCaI / 0.8);
        double shifted = y[NA_I] * (1 + INCREMENT);
        double pump = (transport.pump(potential, shifted, y[K_I]) - model.INaK) / (shifted - y[NA_I]);
        double background = constants.pNab * potential.ghkMonovalent * potential.expVf;
        set(V, NA_I, -(drive + slow + myo + pump + background));
        set(NA_I, NA_I, -(drive + 3 * myo + 3 * pump + background) * TO_MYO - SS_PER_MYO / TAU_DIFFUSION);
        set(NA_SS, NA_I, 1 / TAU_DIFFUSION);
        set(K_I, NA_I, -(slow - 2 * pump) * TO_MYO);
        set(CA_I, NA_I, model.bufferMyo * myo * TO_MYO);

        double channel = model.openCa * model.calciumSodiumDrivePerMm;
        double ss = 0.2 * exchangePerNa(y[NA_SS], y[CA_SS], model.INaCaSs / 0.2);
        set(V, NA_SS, -(channel + ss));
        set(NA_I, NA_SS, SS_PER_MYO / TAU_DIFFUSION);
        set(NA_SS, NA_SS, -(channel + 3 * ss) * TO_SS - 1 / TAU_DIFFUSION);
        set(CA_SS, NA_SS, model.bufferSs * ss * TO_SS);
    }

    private void potassium(double[] y) {
        double drive = model.potassiumConductance * RT_OVER_F / y[K_I]
                + model.slowPotassiumConductance * RT_OVER_F / (y[K_I] + P_NA_K * y[NA_I]);
        double shifted = y[K_I] * (1 + INCREMENT);
        double pump = (transport.pump(potential, y[NA_I], shifted) - model.INaK) / (shifted - y[K_I]);
        set(V, K_I, -(drive + pump));
        set(NA_I, K_I, -3 * pump * TO_MYO);
        set(K_I, K_I, -(drive - 2 * pump) * TO_MYO - SS_PER_MYO / TAU_DIFFUSION);
        set(K_SS, K_I, 1 / TAU_DIFFUSION);

        double channel = model.openCa * model.calciumPotassiumDrivePerMm;
        set(V, K_SS, -channel);
        set(K_I, K_SS, SS_PER_MYO / TAU_DIFFUSION);
        set(K_SS, K_SS, -channel * TO_SS - 1 / TAU_DIFFUSION);
    }

    private void myoplasmicCalcium(double[] y, double[] dy) {
        double ca = y[CA_I];
        double camk = model.camk;
        double bound = 1 + model.calciumBinding;
        // of 1 + 0.6 / (1 + (3.8e-5 / ca)^1.4)
        double slow = model.slowPotassiumDrive
                * y[CORE + 25]
                * y[CORE + 26]
                * (0.6 * 1.4 * model.calciumBinding / (ca * bound * (bound + 0.6)));
        double exchange = 0.8 * exchangePerCa(y[NA_I], ca, model.INaCaI / 0.8);
        double pump = constants.gpCa * KM_PCA / square(KM_PCA + ca);
        double background = constants.pCab * potential.ghkDivalent * potential.exp2Vf;
        double uptake = constants.jUp
                * ((1 - camk) * KM_UP / square(KM_UP + ca) + camk * J_UP_CAMK * KM_UP_CAMK / square(KM_UP_CAMK + ca));
        double flux =
                -(pump + background - 2 * exchange) * TO_MYO / 2 - uptake * NSR_PER_MYO - SS_PER_MYO / TAU_DIFFUSION_CA;
        double freed = freed(ca, constants.calmodulin, KM_CMDN, TRPN, KM_TRPN);
        set(V, CA_I, -(slow + exchange + pump + background));
        set(NA_I, CA_I, -3 * exchange * TO_MYO);
        set(K_I, CA_I, -slow * TO_MYO);
        set(CA_I, CA_I, model.bufferMyo * (flux + freed * dy[CA_I]));
        set(CA_SS, CA_I, model.bufferSs / TAU_DIFFUSION_CA);
        set(CA_NSR, CA_I, uptake);
    }

    private void subspaceCalcium(double[] y, double[] dy) {
        double ca = y[CA_SS];
        double channel = model.openCa * model.calciumDrivePerMm;
        double exchange = 0.2 * exchangePerCa(y[NA_SS], ca, model.INaCaSs / 0.2);
        double flux = -(channel - 2 * exchange) * TO_SS / 2 - 1 / TAU_DIFFUSION_CA;
        double freed = freed(ca, BSR, KM_BSR, BSL, KM_BSL);
        double jCa = y[CORE + J_CA];
        double open = 1 + 0.002 / ca;
        double open3 = open * open * open;
        set(V, CA_SS, -(channel + exchange));
        set(NA_SS, CA_SS, -3 * exchange * TO_SS);
        set(CA_I, CA_SS, model.bufferMyo * SS_PER_MYO / TAU_DIFFUSION_CA);
        set(CA_SS, CA_SS, model.bufferSs * (flux + freed * dy[CA_SS]));
        set(N, CA_SS, 1000 * jCa * jCa * 4 * open3 * 0.002 / square(ca * (1000 + jCa * open3 * open)));
        set(J_REL_NP, CA_SS, model.releaseGain() * channel);
        set(J_REL_CAMK, CA_SS, model.releaseGainCamk() * channel);
    }

    private void reticulum(double[] y, double[] dy) {
        set(CA_I, CA_NSR, model.bufferMyo * LEAK * NSR_PER_MYO);
        set(CA_NSR, CA_NSR, -LEAK - JSR_PER_NSR / TAU_TRANSFER);
        set(CA_JSR, CA_NSR, model.bufferJsr / TAU_TRANSFER);

        double ca = y[CA_JSR];
        set(CA_NSR, CA_JSR, JSR_PER_NSR / TAU_TRANSFER);
        double freed = freed(ca, CSQN, KM_CSQN, 0, 1);
        set(CA_JSR, CA_JSR, model.bufferJsr * (-1 / TAU_TRANSFER + freed * dy[CA_JSR]));
        double ratio2 = square(1.5 / ca);
        double ratio8 = square(square(ratio2));
        double gain = model.ICaL * 8 * ratio8 / ((1 + ratio8) * ca);
        double slowing = -KM_RELEASE / (ca * ca);
        set(J_REL_NP, CA_JSR, model.releaseGain() * gain + dy[J_REL_NP] / model.releaseRate * slowing / B_T);
        set(
                J_REL_CAMK,
                CA_JSR,
                model.releaseGainCamk() * gain + dy[J_REL_CAMK] / model.releaseRateCamk * slowing / B_T_CAMK);
    }

    private void release() {
        double camk = model.camk;
        set(J_REL_NP, J_REL_NP, -model.releaseRate);
        set(CA_SS, J_REL_NP, model.bufferSs * (1 - camk) * JSR_PER_SS);
        set(CA_JSR, J_REL_NP, -model.bufferJsr * (1 - camk));
        set(J_REL_CAMK, J_REL_CAMK, -model.releaseRateCamk);
        set(CA_SS, J_REL_CAMK, model.bufferSs * camk * JSR_PER_SS);
        set(CA_JSR, J_REL_CAMK, -model.bufferJsr * camk);
    }

    /** Trapped and calcium-bound CaMK act through its active share alone. */
    private void camk(double[] y, double sodium, double potassium, double open) {
        double ca = y[CA_SS];
        double boundPerTrapped = -0.05 * ca / (ca + KM_CAMK);
        double boundPerCa = 0.05 * (1 - y[CAMK_TRAP]) * KM_CAMK / square(ca + KM_CAMK);
        set(CAMK_TRAP, CAMK_TRAP, trapped(boundPerTrapped, 1) - 0.00068);
        set(CAMK_TRAP, CA_SS, trapped(boundPerCa, 0));

        double sharePerActive = 0.15 / square(model.camkActive + 0.15);
        double perTrapped = sharePerActive * (1 + boundPerTrapped);
        double perCa = sharePerActive * boundPerCa;
        double uptake = constants.jUp * y[CA_I] * (J_UP_CAMK / (KM_UP_CAMK + y[CA_I]) - 1 / (KM_UP + y[CA_I]));
        double release = y[J_REL_CAMK] - y[J_REL_NP];
        act(V, -(sodium + potassium), perTrapped, perCa);
        act(NA_I, -sodium * TO_MYO, perTrapped, perCa);
        act(K_I, -potassium * TO_MYO, perTrapped, perCa);
        act(CA_I, -model.bufferMyo * uptake * NSR_PER_MYO, perTrapped, perCa);
        act(CA_NSR, uptake, perTrapped, perCa);
        act(CA_SS, model.bufferSs * release * JSR_PER_SS, perTrapped, perCa);
        act(CA_JSR, -model.bufferJsr * release, perTrapped, perCa);
        for (int row = 0; row < CORE; row++) {
            act(row, open * matrix.perOpenChannel[row], perTrapped, perCa);
        }
    }

    /** Of 0.05 bound (bound + trapped). */
    private double trapped(double bound, double trapped) {
        return 0.05 * (bound * model.camkActive + model.camkBound * (bound + trapped));
    }

    private void act(int row, double perShare, double perTrapped, double perCa) {
        add(row, CAMK_TRAP, perShare * perTrapped);
        add(row, CA_SS, perShare * perCa);
    }

    private double exchangePerNa(double na, double ca, double current) {
        double shifted = na * (1 + INCREMENT);
        return (transport.exchange(potential, shifted, ca) - current) / (shifted - na);
    }

    private double exchangePerCa(double na, double ca, double current) {
        double shifted = ca * (1 + INCREMENT);
        return (transport.exchange(potential, na, shifted) - current) / (shifted - ca);
    }

    /** d(free share)/dCa over the share's square: sum of 2 total K / (K + Ca)^3. */
    private static double freed(double ca, double total1, double K1, double total2, double K2) {
        double s1 = K1 + ca;
        double s2 = K2 + ca;
        return 2 * total1 * K1 / (s1 * s1 * s1) + 2 * total2 * K2 / (s2 * s2 * s2);
    }

    private void set(int row, int column, double value) {
        matrix.core[row * CORE + column] = value;
    }

    private void add(int row, int column, double value) {
        matrix.core[row * CORE + column] += value;
    }

    private static double square(double x) {
        return x * x;
    }
}
