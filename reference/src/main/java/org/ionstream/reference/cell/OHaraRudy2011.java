package org.ionstream.reference.cell;

import static org.ionstream.reference.cell.OHaraRudyPotential.F;
import static org.ionstream.reference.cell.OHaraRudyPotential.F_OVER_RT;
import static org.ionstream.reference.cell.OHaraRudyPotential.GATES;

import java.util.Arrays;
import java.util.List;

/**
 * The undiseased human ventricular myocyte: 15 currents, calcium handling and CaMKII, in 41 state variables.
 *
 * <p>T. O'Hara, L. Virag, A. Varro, Y. Rudy, "Simulation of the undiseased human cardiac ventricular action potential: model
 * formulation and experimental validation", 2011, DOI 10.1371/journal.pcbi.1002061; equations of the supplement (Text S1) with
 * the constants of the authors' published code where its print rounds them (tau_a: 18.4099, 29.3814). Potential in mV,
 * concentrations in mM, time in ms; stimulus in uA/uF, carried by potassium.
 *
 * <p>State order: first the core (V, concentrations, n, J_rel, CaMK_trap), then the 28 gates of {@link OHaraRudyPotential}. A
 * gate depends on V and itself only, which the Jacobian makes use of. One thread.
 */
public final class OHaraRudy2011 implements StiffIonicModel {
    /** The names that end in _scale multiply conductances, permeabilities and fluxes; outer concentrations are in mM. */
    public static final Parameters PUBLISHED = OHaraRudyConstants.PUBLISHED;

    static final int CORE = 13;
    static final int V = 0;
    static final int NA_I = 1;
    static final int NA_SS = 2;
    static final int K_I = 3;
    static final int K_SS = 4;
    static final int CA_I = 5;
    static final int CA_SS = 6;
    static final int CA_NSR = 7;
    static final int CA_JSR = 8;
    static final int N = 9;
    static final int J_REL_NP = 10;
    static final int J_REL_CAMK = 11;
    static final int CAMK_TRAP = 12;

    public static final List<String> VARIABLES = List.of(
            "V",
            "Na_i",
            "Na_ss",
            "K_i",
            "K_ss",
            "Ca_i",
            "Ca_ss",
            "Ca_nsr",
            "Ca_jsr",
            "n",
            "J_rel_NP",
            "J_rel_CaMK",
            "CaMK_trap",
            "m",
            "h_fast",
            "h_slow",
            "j",
            "h_CaMK_slow",
            "j_CaMK",
            "m_L",
            "h_L",
            "h_L_CaMK",
            "a",
            "i_fast",
            "i_slow",
            "a_CaMK",
            "i_CaMK_fast",
            "i_CaMK_slow",
            "d",
            "f_fast",
            "f_slow",
            "f_Ca_fast",
            "f_Ca_slow",
            "j_Ca",
            "f_CaMK_fast",
            "f_Ca_CaMK_fast",
            "x_r_fast",
            "x_r_slow",
            "x_s1",
            "x_s2",
            "x_k1");

    /** Text S1: near rest, paced. */
    private static final double[] PACED = {
        -87.84,
        7.23,
        7.23,
        143.79,
        143.79,
        8.54e-5,
        8.43e-5,
        1.61,
        1.56,
        0.00267171,
        2.53943e-5,
        3.17262e-7,
        0.0124065,
        0.0074621,
        0.692591,
        0.692574,
        0.692477,
        0.448501,
        0.692413,
        0.000194015,
        0.496116,
        0.265885,
        0.00101185,
        0.999542,
        0.589579,
        0.000515567,
        0.999542,
        0.641861,
        2.43015e-9,
        1,
        0.910671,
        1,
        0.99982,
        0.999977,
        1,
        1,
        8.26608e-6,
        0.453268,
        0.270492,
        0.0001963,
        0.996801
    };

    /** The authors' code: before the first beat. */
    private static final double[] UNPACED = {
        -87, 7, 7, 145, 145, 1e-4, 1e-4, 1.2, 1.2, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 1,
        1, 1, 1, 1, 0, 0, 0, 0, 1
    };

    /** Change that matters, in each unit; concentrations of calcium differ by four orders. */
    private static final double[] CORE_SCALES = {100, 10, 10, 150, 150, 1e-3, 1e-2, 1, 1, 1, 1e-3, 1e-3, 0.1};

    // volumes and capacitive area of a cylinder, uL and cm2; the authors take pi as 3.14, which cancels
    private static final double LENGTH = 0.01;
    private static final double RADIUS = 0.0011;
    private static final double CELL_VOLUME = 1000 * 3.14 * RADIUS * RADIUS * LENGTH;
    private static final double ACAP = 2 * (2 * 3.14 * RADIUS * RADIUS + 2 * 3.14 * RADIUS * LENGTH);
    static final double V_MYO = 0.68 * CELL_VOLUME;
    static final double V_NSR = 0.0552 * CELL_VOLUME;
    static final double V_JSR = 0.0048 * CELL_VOLUME;
    static final double V_SS = 0.02 * CELL_VOLUME;
    /** Current in uA/uF to concentration of a monovalent ion in mM/ms. */
    static final double TO_MYO = ACAP / (F * V_MYO);

    static final double TO_SS = ACAP / (F * V_SS);

    static final double RT_OVER_F = 1 / F_OVER_RT;
    /** Permeability of the slow delayed rectifier to sodium, relative to potassium. */
    static final double P_NA_K = 0.01833;

    static final double KM_PCA = 0.0005;
    static final double KM_CAMK = 0.0015;

    // release from and uptake into the sarcoplasmic reticulum, mM and 1/ms
    static final double B_T = 4.75;
    static final double B_T_CAMK = 1.25 * B_T;
    static final double KM_RELEASE = 0.0123;
    static final double LARGEST_RELEASE_RATE = 1000;
    static final double J_UP_CAMK = 2.75;
    static final double KM_UP = 0.00092;
    static final double KM_UP_CAMK = 0.00092 - 0.00017;
    static final double LEAK = 0.0039375 / 15;
    /** Time constants, ms. */
    static final double TAU_TRANSFER = 100;

    static final double TAU_DIFFUSION_CA = 0.2;
    static final double TAU_DIFFUSION = 2;

    // buffers of calcium, mM
    static final double KM_CMDN = 0.00238;
    static final double TRPN = 0.07;
    static final double KM_TRPN = 0.0005;
    static final double BSR = 0.047;
    static final double KM_BSR = 0.00087;
    static final double BSL = 1.124;
    static final double KM_BSL = 0.0087;
    static final double CSQN = 10;
    static final double KM_CSQN = 0.8;

    private final OHaraRudyConstants constants;
    private final double[] initialState;
    private final OHaraRudyPotential potential;
    private final OHaraRudyTransport transport;
    private final OHaraRudyMatrix matrix = new OHaraRudyMatrix();
    private final OHaraRudyJacobian jacobian;

    // what the Jacobian needs of the last evaluation
    double camk;
    double camkBound;
    double camkActive;
    double sodiumConductance;
    double potassiumConductance;
    double slowPotassiumConductance;
    double calciumBinding;
    double openCa;
    double sodiumDrive;
    double lateSodiumDrive;
    double potassiumDriveTo;
    double potassiumDriveKr;
    double slowPotassiumDrive;
    double potassiumDriveK1;
    double calciumDrive;
    double calciumSodiumDrive;
    double calciumPotassiumDrive;
    /** d(drive)/d(inner concentration). */
    double calciumDrivePerMm;

    double calciumSodiumDrivePerMm;
    double calciumPotassiumDrivePerMm;
    double ICaL;
    double INaCaI;
    double INaCaSs;
    double INaK;
    double releasePerCurrent;
    double releaseRate;
    double releaseRateCamk;
    double bufferMyo;
    double bufferSs;
    double bufferJsr;

    /** The endocardial cell, paced. */
    public OHaraRudy2011() {
        this(VentricularCell.ENDOCARDIAL, PUBLISHED, PACED);
    }

    /**
     * @param parameters of the names in {@link #PUBLISHED}
     * @param initialState in the order of {@link #variables()}
     */
    public OHaraRudy2011(VentricularCell cell, Parameters parameters, double... initialState) {
        this.initialState = IonicModel.checked(initialState, VARIABLES);
        this.constants = new OHaraRudyConstants(cell, parameters);
        this.potential = new OHaraRudyPotential(cell, constants);
        this.transport = new OHaraRudyTransport(constants);
        this.jacobian = new OHaraRudyJacobian(this, potential, transport, constants, matrix);
    }

    /** From the state of the supplement, Text S1. */
    public static OHaraRudy2011 paced(VentricularCell cell) {
        return new OHaraRudy2011(cell, PUBLISHED, PACED);
    }

    /** From the state in the authors' code: concentrations before the first beat, gates 0 or 1. */
    public static OHaraRudy2011 unpaced(VentricularCell cell) {
        return new OHaraRudy2011(cell, PUBLISHED, UNPACED);
    }

    @Override
    public List<String> variables() {
        return VARIABLES;
    }

    @Override
    public int dimension() {
        return CORE + GATES;
    }

    @Override
    public double[] initialState() {
        return initialState.clone();
    }

    @Override
    public double[] scales() {
        double[] scales = new double[dimension()];
        Arrays.fill(scales, 1);
        System.arraycopy(CORE_SCALES, 0, scales, 0, CORE);
        return scales;
    }

    @Override
    public void derivatives(double current, double[] state, double[] derivatives) {
        potential.at(state[V]);
        coreDerivatives(current, state, derivatives);
        for (int gate = 0; gate < GATES; gate++) {
            derivatives[CORE + gate] = (potential.infinity[gate] - state[CORE + gate]) * potential.rate[gate];
        }
    }

    /** The gate m relaxes in 0.02 ms there. */
    @Override
    public boolean isStiffAtRest() {
        return true;
    }

    @Override
    public void linearise(double current, double[] state, double[] derivatives) {
        jacobian.linearise(current, state, derivatives);
    }

    @Override
    public boolean factor(double gammaH) {
        return matrix.factor(gammaH);
    }

    @Override
    public void solve(double[] b) {
        matrix.solve(b);
    }

    /** J of the last {@link #linearise}, [row][column]; for tests. */
    double[][] denseJacobian() {
        return matrix.dense();
    }

    /** The first 13 derivatives, with the functions of the potential as last evaluated. */
    void coreDerivatives(double current, double[] y, double[] dy) {
        double V = y[OHaraRudy2011.V];
        camkBound = 0.05 * (1 - y[CAMK_TRAP]) * y[CA_SS] / (y[CA_SS] + KM_CAMK);
        camkActive = camkBound + y[CAMK_TRAP];
        camk = camkActive / (camkActive + 0.15);
        dy[CAMK_TRAP] = 0.05 * camkBound * camkActive - 0.00068 * y[CAMK_TRAP];

        double ENa = RT_OVER_F * Math.log(constants.Nao / y[NA_I]);
        double EK = RT_OVER_F * Math.log(constants.Ko / y[K_I]);
        double EKs = RT_OVER_F * Math.log(constants.outerKs / (y[K_I] + P_NA_K * y[NA_I]));

        double INa = sodiumCurrents(V - ENa, y);
        double potassiumCurrents = potassiumCurrents(V - EK, V - EKs, y);
        calciumCurrents(y);
        openCa = openCalciumChannels(y);
        ICaL = calciumDrive * openCa;
        double ICaNa = calciumSodiumDrive * openCa;
        double ICaK = calciumPotassiumDrive * openCa;

        INaCaI = 0.8 * transport.exchange(potential, y[NA_I], y[CA_I]);
        INaCaSs = 0.2 * transport.exchange(potential, y[NA_SS], y[CA_SS]);
        INaK = transport.pump(potential, y[NA_I], y[K_I]);
        double INab = constants.pNab * potential.ghkMonovalent * (y[NA_I] * potential.expVf - constants.Nao);
        double ICab = constants.pCab * potential.ghkDivalent * (y[CA_I] * potential.exp2Vf - constants.activeCao);
        double IpCa = constants.gpCa * y[CA_I] / (KM_PCA + y[CA_I]);

        dy[OHaraRudy2011.V] = current
                - (INa + potassiumCurrents + ICaL + ICaNa + ICaK + INaCaI + INaCaSs + INaK + INab + ICab + IpCa);
        double diffusionNa = (y[NA_SS] - y[NA_I]) / TAU_DIFFUSION;
        double diffusionK = (y[K_SS] - y[K_I]) / TAU_DIFFUSION;
        dy[NA_I] = -(INa + 3 * INaCaI + 3 * INaK + INab) * TO_MYO + diffusionNa * V_SS / V_MYO;
        dy[NA_SS] = -(ICaNa + 3 * INaCaSs) * TO_SS - diffusionNa;
        dy[K_I] = -(potassiumCurrents - 2 * INaK - current) * TO_MYO + diffusionK * V_SS / V_MYO;
        dy[K_SS] = -ICaK * TO_SS - diffusionK;
        calcium(IpCa + ICab - 2 * INaCaI, ICaL - 2 * INaCaSs, y, dy);
        double open = 1 + 0.002 / y[CA_SS];
        double open2 = open * open;
        double jCa = y[CORE + 20];
        dy[N] = 1000 * jCa / (1000 + jCa * open2 * open2) - y[N] * jCa;
    }

    /** I_Na + I_NaL. */
    private double sodiumCurrents(double drive, double[] y) {
        double m = y[CORE];
        double h = 0.99 * y[CORE + 1] + 0.01 * y[CORE + 2];
        double hCamk = 0.99 * y[CORE + 1] + 0.01 * y[CORE + 4];
        sodiumDrive = constants.gNa * drive;
        lateSodiumDrive = constants.gNaL * drive;
        sodiumConductance = constants.gNa * m * m * m * ((1 - camk) * h * y[CORE + 3] + camk * hCamk * y[CORE + 5])
                + constants.gNaL * y[CORE + 6] * ((1 - camk) * y[CORE + 7] + camk * y[CORE + 8]);
        return sodiumConductance * drive;
    }

    /** I_to + I_Kr + I_K1 + I_Kb + I_Ks. */
    private double potassiumCurrents(double drive, double slowDrive, double[] y) {
        OHaraRudyPotential p = potential;
        double i = p.aIFast * y[CORE + 10] + (1 - p.aIFast) * y[CORE + 11];
        double iCamk = p.aIFast * y[CORE + 13] + (1 - p.aIFast) * y[CORE + 14];
        double xr = p.aXrFast * y[CORE + 23] + (1 - p.aXrFast) * y[CORE + 24];
        double gto = constants.gto;
        double gKr = constants.gKr * p.rectificationKr;
        double gK1 = constants.gK1 * p.rectificationK1;
        double gKb = constants.gKb * p.activationKb;
        calciumBinding = Math.exp(1.4 * Math.log(3.8e-5 / y[CA_I]));
        double gKs = constants.gKs * (1 + 0.6 / (1 + calciumBinding));
        potassiumDriveTo = gto * drive;
        potassiumDriveKr = gKr * drive;
        potassiumDriveK1 = gK1 * drive;
        slowPotassiumDrive = gKs * slowDrive;
        potassiumConductance = gto * ((1 - camk) * y[CORE + 9] * i + camk * y[CORE + 12] * iCamk)
                + gKr * xr
                + gK1 * y[CORE + 27]
                + gKb;
        slowPotassiumConductance = gKs * y[CORE + 25] * y[CORE + 26];
        return potassiumConductance * drive + slowPotassiumConductance * slowDrive;
    }

    /** Currents through the calcium channel per open channel. */
    private void calciumCurrents(double[] y) {
        OHaraRudyPotential p = potential;
        OHaraRudyConstants c = constants;
        calciumDrivePerMm = c.pCa * p.ghkDivalent * p.exp2Vf;
        calciumSodiumDrivePerMm = c.pCaNa * p.ghkMonovalent * 0.75 * p.expVf;
        calciumPotassiumDrivePerMm = c.pCaK * p.ghkMonovalent * 0.75 * p.expVf;
        calciumDrive = calciumDrivePerMm * y[CA_SS] - c.pCa * p.ghkDivalent * c.activeCao;
        calciumSodiumDrive = c.pCaNa * p.ghkMonovalent * 0.75 * (y[NA_SS] * p.expVf - c.Nao);
        calciumPotassiumDrive = c.pCaK * p.ghkMonovalent * 0.75 * (y[K_SS] * p.expVf - c.Ko);
    }

    private double openCalciumChannels(double[] y) {
        double fast = potential.aFCaFast;
        double n = y[N];
        double jCa = y[CORE + 20];
        double f = 0.6 * y[CORE + 16] + 0.4 * y[CORE + 17];
        double fCamk = 0.6 * y[CORE + 21] + 0.4 * y[CORE + 17];
        double fCa = fast * y[CORE + 18] + (1 - fast) * y[CORE + 19];
        double fCaCamk = fast * y[CORE + 22] + (1 - fast) * y[CORE + 19];
        double open = f * (1 - n) + fCa * n * jCa;
        double openCamk = fCamk * (1 - n) + fCaCamk * n * jCa;
        return y[CORE + 15] * ((1 - camk) * open + 1.1 * camk * openCamk);
    }

    private void calcium(double iMyo, double iSs, double[] y, double[] dy) {
        double ratio = 1.5 / y[CA_JSR];
        double ratio2 = ratio * ratio;
        double ratio4 = ratio2 * ratio2;
        releasePerCurrent = constants.jRel / (1 + ratio4 * ratio4);
        double binding = 1 + KM_RELEASE / y[CA_JSR];
        releaseRate = Math.min(LARGEST_RELEASE_RATE, binding * (1 / B_T));
        releaseRateCamk = Math.min(LARGEST_RELEASE_RATE, binding * (1 / B_T_CAMK));
        dy[J_REL_NP] = (B_T * releasePerCurrent * ICaL - y[J_REL_NP]) * releaseRate;
        dy[J_REL_CAMK] = (B_T_CAMK * releasePerCurrent * ICaL - y[J_REL_CAMK]) * releaseRateCamk;

        double release = (1 - camk) * y[J_REL_NP] + camk * y[J_REL_CAMK];
        double uptake =
                constants.jUp * y[CA_I] * ((1 - camk) / (KM_UP + y[CA_I]) + camk * J_UP_CAMK / (KM_UP_CAMK + y[CA_I]))
                        - LEAK * y[CA_NSR];
        double transfer = (y[CA_NSR] - y[CA_JSR]) * (1 / TAU_TRANSFER);
        double diffusion = (y[CA_SS] - y[CA_I]) * (1 / TAU_DIFFUSION_CA);
        bufferMyo = free(y[CA_I], constants.calmodulin, KM_CMDN, TRPN, KM_TRPN);
        bufferSs = free(y[CA_SS], BSR, KM_BSR, BSL, KM_BSL);
        bufferJsr = square(KM_CSQN + y[CA_JSR]) / (square(KM_CSQN + y[CA_JSR]) + CSQN * KM_CSQN);
        dy[CA_I] = bufferMyo * (-iMyo * TO_MYO / 2 - uptake * V_NSR / V_MYO + diffusion * V_SS / V_MYO);
        dy[CA_SS] = bufferSs * (-iSs * TO_SS / 2 + release * V_JSR / V_SS - diffusion);
        dy[CA_NSR] = uptake - transfer * V_JSR / V_NSR;
        dy[CA_JSR] = bufferJsr * (transfer - release);
    }

    /** Calcium release per channel current through its two states, before relaxation: mM/ms per uA/uF. */
    double releaseGain() {
        return B_T * releasePerCurrent * releaseRate;
    }

    double releaseGainCamk() {
        return B_T_CAMK * releasePerCurrent * releaseRateCamk;
    }

    /** Share of calcium that two buffers leave free, as a rate: 1 / (1 + sum of total K / (K + Ca)^2). */
    private static double free(double ca, double total1, double K1, double total2, double K2) {
        double q1 = square(K1 + ca);
        double q2 = square(K2 + ca);
        return q1 * q2 / (q1 * q2 + total1 * K1 * q2 + total2 * K2 * q1);
    }

    private static double square(double x) {
        return x * x;
    }
}
