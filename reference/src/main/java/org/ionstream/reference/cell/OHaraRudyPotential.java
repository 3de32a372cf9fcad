package org.ionstream.reference.cell;

import static java.lang.Math.exp;

/**
 * The functions of the membrane potential alone in the model of T. O'Hara et al., 2011, DOI 10.1371/journal.pcbi.1002061,
 * supplement, sections 2 to 5: steady states and rates of the 28 gates, rectifications, driving forces of permeant ions and
 * the voltage-dependent steps of exchanger and pump. They are apart from the rest so that a Jacobian evaluates them once while
 * concentrations vary.
 *
 * <p>Potential in mV, rates in 1/ms. Gate order: m h_fast h_slow j h_CaMK_slow j_CaMK m_L h_L h_L_CaMK (sodium), a i_fast
 * i_slow a_CaMK i_CaMK_fast i_CaMK_slow (transient outward), d f_fast f_slow f_Ca_fast f_Ca_slow j_Ca f_CaMK_fast
 * f_Ca_CaMK_fast (calcium), x_r_fast x_r_slow x_s1 x_s2 x_k1 (potassium). One thread.
 */
final class OHaraRudyPotential {
    static final int GATES = 28;

    /** Faraday's constant over gas constant times temperature (310 K), 1/mV. */
    static final double F_OVER_RT = 96485.0 / (8314.0 * 310.0);

    static final double F = 96485;

    private static final double CONSTANT = Double.POSITIVE_INFINITY;

    /**
     * By gate: steady state 1 / (1 + exp((V + offset) / slope)), and time constant floorMs + 1 / (A1 exp((V + offset1) / slope1)
     * + A2 exp((V + offset2) / slope2)), in the order offset, slope, floorMs, A1, offset1, slope1, A2, offset2, slope2. What has
     * another form (time constant of a, steady state of x_k1) or one factor more (i) is put right afterwards.
     */
    private static final double[][] GATE_COEFFICIENTS = {
        {39.57, -9.871, 0, 6.765, 11.64, 34.77, 8.552, 77.42, -5.955}, // m
        {82.9, 6.086, 0, 1.432e-5, 1.196, -6.285, 6.149, 0.5096, 20.27}, // h_fast
        {82.9, 6.086, 0, 0.009794, 17.95, -28.05, 0.3343, 5.73, 56.66}, // h_slow
        {82.9, 6.086, 2.038, 0.02136, 100.6, -8.281, 0.3052, 0.9941, 38.45}, // j
        slower(3, 89.1, 6.086, 0, 0.009794, 17.95, -28.05, 0.3343, 5.73, 56.66), // h_CaMK_slow
        slower(1.46, 82.9, 6.086, 2.038, 0.02136, 100.6, -8.281, 0.3052, 0.9941, 38.45), // j_CaMK
        {42.85, -5.264, 0, 6.765, 11.64, 34.77, 8.552, 77.42, -5.955}, // m_L
        {87.61, 7.488, 0, 1 / 200.0, 0, CONSTANT, 0, 0, CONSTANT}, // h_L
        {93.81, 7.488, 0, 1 / 600.0, 0, CONSTANT, 0, 0, CONSTANT}, // h_L_CaMK
        {-14.34, -14.82, 0, 1, 0, CONSTANT, 0, 0, CONSTANT}, // a
        {43.94, 5.711, 4.562, 0.3933, 100, -100, 0.08004, 50, 16.59}, // i_fast
        {43.94, 5.711, 23.62, 0.001416, 96.52, -59.05, 1.78e-8, 114.1, 8.079}, // i_slow
        {-24.34, -14.82, 0, 1, 0, CONSTANT, 0, 0, CONSTANT}, // a_CaMK
        {43.94, 5.711, 4.562, 0.3933, 100, -100, 0.08004, 50, 16.59}, // i_CaMK_fast
        {43.94, 5.711, 23.62, 0.001416, 96.52, -59.05, 1.78e-8, 114.1, 8.079}, // i_CaMK_slow
        {3.94, -4.23, 0.6, 1, 6, -20, 1, 14, 1 / 0.09}, // d
        {19.58, 3.696, 7, 0.0045, 20, -10, 0.0045, 20, 10}, // f_fast
        {19.58, 3.696, 1000, 3.5e-5, 5, -4, 3.5e-5, 5, 6}, // f_slow
        {19.58, 3.696, 7, 0.04, -4, -7, 0.04, -4, 7}, // f_Ca_fast
        {19.58, 3.696, 100, 1.2e-4, 0, -3, 1.2e-4, 0, 7}, // f_Ca_slow
        {19.58, 3.696, 0, 1 / 75.0, 0, CONSTANT, 0, 0, CONSTANT}, // j_Ca
        slower(2.5, 19.58, 3.696, 7, 0.0045, 20, -10, 0.0045, 20, 10), // f_CaMK_fast
        slower(2.5, 19.58, 3.696, 7, 0.04, -4, -7, 0.04, -4, 7), // f_Ca_CaMK_fast
        {8.337, -6.789, 12.98, 0.3652, -31.66, 3.869, 4.123e-5, -47.78, -20.38}, // x_r_fast
        {8.337, -6.789, 1.865, 0.06629, -34.7, 7.355, 1.128e-5, -29.74, -25.94}, // x_r_slow
        {11.6, -8.932, 817.3, 2.326e-4, 48.28, 17.8, 0.001292, 210, -230}, // x_s1
        {11.6, -8.932, 0, 0.01, -50, 20, 0.0193, 66.54, -31}, // x_s2
        {0, CONSTANT, 0, 1 / 122.2, 127.2, -20.36, 1 / 122.2, 236.8, 69.33} // x_k1
    };

    /** The other terms 1 / (1 + exp((V + offset) / slope)) of the model. */
    private static final double[][] SIGMOIDS = {
        {-213.6, 151.2}, // A_i,fast
        {-10, 10}, // A_fCa,fast
        {54.81, 38.21}, // A_xr,fast
        {55, 75}, // R_Kr
        {-10, 30}, // R_Kr
        {-14.48, -18.34}, // I_Kb
        {-18.4099, -29.3814}, // tau_a
        {100, 29.3814}, // tau_a
        {70, 20}, // delta_recovery
        {70, 5} // delta_epi
    };

    /** And its other exponentials: factor, offset, slope. */
    private static final double[][] EXPONENTIALS = {
        {1, 105.8, 9.493}, // R_K1, but for K_o
        {1, 0, 1 / F_OVER_RT},
        {1, 0, 1 / (0.5224 * F_OVER_RT)}, // h_Na
        {1, 0, -1 / (0.5224 * F_OVER_RT)}, // 1/h_Na
        {1, 0, -1 / (0.167 * F_OVER_RT)}, // 1/h_Ca
        {1 / 9.073, 0, 3 / (0.155 * F_OVER_RT)}, // 1/K_Nai
        {1 / 27.78, 0, -3 / (1.155 * F_OVER_RT)} // 1/K_Nao
    };

    private static final int ALL_SIGMOIDS = GATES + SIGMOIDS.length;
    private static final int FIRST_RATES = ALL_SIGMOIDS;
    private static final int SECOND_RATES = FIRST_RATES + GATES;
    private static final int OTHERS = SECOND_RATES + GATES;
    private static final int TERMS = OTHERS + EXPONENTIALS.length;
    private static final ExponentialTable TABLE = table();
    private static final double[] FLOOR_MS = column(2);

    /** Steady states. */
    final double[] infinity = new double[GATES];
    /** Reciprocal time constants, 1/ms. */
    final double[] rate = new double[GATES];

    /** Share of fast inactivation of the transient outward current. */
    double aIFast;
    /** Share of fast calcium-dependent inactivation. */
    double aFCaFast;
    /** Share of fast activation of the rapid delayed rectifier. */
    double aXrFast;

    double rectificationKr;
    double rectificationK1;
    double activationKb;

    /** exp(VF/RT) and exp(2VF/RT). */
    double expVf;

    double exp2Vf;
    /** VF^2/RT / (exp(VF/RT) - 1), C/mol, and 4 VF^2/RT / (exp(2VF/RT) - 1). */
    double ghkMonovalent;

    double ghkDivalent;

    /** exp(q VF/RT) of the exchanger's sodium, and the reciprocal of that of its calcium. */
    double hNa;

    double perHCa;
    /** The exchanger's steps that depend on outer concentrations and potential. */
    double k3Exchanger;

    double k3SecondExchanger;
    double k8Exchanger;
    /** The pump's: reciprocal affinity for inner sodium, 1/mM, and two steps. */
    double perKNai;

    double b2Pump;
    double a3Pump;

    private final boolean epicardial;
    private final OHaraRudyConstants constants;
    private final double[] exponentials = new double[TERMS];
    private final double[] sigmoids = new double[ALL_SIGMOIDS];

    OHaraRudyPotential(VentricularCell cell, OHaraRudyConstants constants) {
        this.epicardial = cell == VentricularCell.EPICARDIAL;
        this.constants = constants;
    }

    void at(double V) {
        TABLE.at(V, exponentials);
        for (int i = 0; i < ALL_SIGMOIDS; i++) {
            sigmoids[i] = 1 / (1 + exponentials[i]);
        }
        System.arraycopy(sigmoids, 0, infinity, 0, GATES);
        for (int gate = 0; gate < GATES; gate++) {
            double perMs = exponentials[FIRST_RATES + gate] + exponentials[SECOND_RATES + gate];
            rate[gate] = perMs / (FLOOR_MS[gate] * perMs + 1);
        }
        transientOutward(V);
        otherPotassium(V);
        aFCaFast = 0.3 + 0.6 * sigmoids[GATES + 1];
        permeation(V * F_OVER_RT);
        exchangerAndPump();
    }

    private void transientOutward(double V) {
        double perMs = sigmoids[GATES + 6] * (1 / (1.2089 * 1.0515)) + sigmoids[GATES + 7] * (3.5 / 1.0515);
        rate[9] = perMs;
        rate[12] = perMs;
        if (epicardial) {
            double epi = 1 - 0.95 * sigmoids[GATES + 9];
            rate[10] /= epi;
            rate[11] /= epi;
        }
        double faster = 1 / (development(V) * (1 - 0.5 * sigmoids[GATES + 8]));
        rate[13] = rate[10] * faster;
        rate[14] = rate[11] * faster;
        aIFast = sigmoids[GATES];
    }

    /** Its second exponential reaches 1e202; where it dominates, the quotient is below rounding. */
    private static double development(double V) {
        double exponent = -(V - 12.23) * (1 / 0.2154);
        return exponent > 40 ? 1.354 : 1.354 + 1e-4 / (exp((V - 167.4) / 15.89) + exp(exponent));
    }

    private void otherPotassium(double V) {
        infinity[27] = 1 / (1 + exp(-(V + constants.xk1Midpoint + 144.59) / constants.xk1Slope));
        aXrFast = sigmoids[GATES + 2];
        rectificationKr = sigmoids[GATES + 3] * sigmoids[GATES + 4];
        rectificationK1 = 1 / (1 + exponentials[OTHERS] * constants.k1Rectification);
        activationKb = sigmoids[GATES + 5];
    }

    /** Driving forces of ions that flow by their own concentrations, vf = VF/RT. */
    private void permeation(double vf) {
        expVf = exponentials[OTHERS + 1];
        exp2Vf = expVf * expVf;
        double quotient = Exponentials.xOverExpm1(vf, expVf);
        ghkMonovalent = F * quotient;
        ghkDivalent = 4 * F * quotient / (expVf + 1);
    }

    private void exchangerAndPump() {
        hNa = exponentials[OTHERS + 2];
        perHCa = exponentials[OTHERS + 4];
        double perHNa = exponentials[OTHERS + 3];
        double h9 = 1 / (1 + constants.exchangerNao * (1 + perHNa));
        double h8 = constants.exchangerNao * perHNa * h9;
        k3SecondExchanger = 5e3 * h8;
        k3Exchanger = 6e4 * h9 + k3SecondExchanger;
        k8Exchanger = h8 * constants.h11Exchanger * 6e4;

        perKNai = exponentials[OTHERS + 5];
        double sodium = constants.Nao * exponentials[OTHERS + 6];
        double bound = 1 + sodium;
        double perOuter = 1 / (bound * bound * bound + constants.pumpPotassiumBound - 1);
        b2Pump = 39.4 * sodium * sodium * sodium * perOuter;
        a3Pump = constants.pumpPotassiumStep * perOuter;
    }

    /** A gate's coefficients with its time constant so many times longer. */
    private static double[] slower(double times, double... coefficients) {
        coefficients[2] *= times;
        coefficients[3] /= times;
        coefficients[6] /= times;
        return coefficients;
    }

    private static ExponentialTable table() {
        double[][] terms = new double[TERMS][];
        for (int gate = 0; gate < GATES; gate++) {
            double[] c = GATE_COEFFICIENTS[gate];
            terms[gate] = new double[] {1, c[0], c[1]};
            terms[FIRST_RATES + gate] = new double[] {c[3], c[4], c[5]};
            terms[SECOND_RATES + gate] = new double[] {c[6], c[7], c[8]};
        }
        for (int i = 0; i < SIGMOIDS.length; i++) {
            terms[GATES + i] = new double[] {1, SIGMOIDS[i][0], SIGMOIDS[i][1]};
        }
        System.arraycopy(EXPONENTIALS, 0, terms, OTHERS, EXPONENTIALS.length);
        return new ExponentialTable(terms);
    }

    private static double[] column(int coefficient) {
        double[] column = new double[GATES];
        for (int gate = 0; gate < GATES; gate++) {
            column[gate] = GATE_COEFFICIENTS[gate][coefficient];
        }
        return column;
    }
}
