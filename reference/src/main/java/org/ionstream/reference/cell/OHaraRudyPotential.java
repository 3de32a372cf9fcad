package org.ionstream.reference.cell;

import static java.lang.Math.exp;

/**
 * The functions of the membrane potential alone in the model of T. O'Hara et al., 2011, DOI 10.1371/journal.pcbi.1002061,
 * supplement, sections 2 to 5: steady states and rates of the 28 gates, rectifications, driving forces of permeant ions and
 * the voltage-dependent steps of exchanger and pump. Every exponential of the model is here, so that they are evaluated once
 * while concentrations vary (in a Jacobian); exponentials of equal slope are evaluated once.
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

    /** Beyond this exponent a term is as good as infinite; unclamped, its square overflows. */
    private static final double LARGEST_EXPONENT = 300;

    private static final double H_SHIFT = exp(82.9 / 6.086);
    private static final double H_CAMK_SHIFT = exp(89.1 / 6.086);
    private static final double HL_SHIFT = exp(87.61 / 7.488);
    private static final double HL_CAMK_SHIFT = exp(93.81 / 7.488);
    private static final double A_SHIFT = exp(14.34 / 14.82);
    private static final double A_CAMK_SHIFT = exp(24.34 / 14.82);
    private static final double TAU_A_OPEN = exp(18.4099 / 29.3814);
    private static final double TAU_A_CLOSE = exp(100 / 29.3814);
    private static final double EXP_2 = exp(2);
    private static final double EXP_4_OVER_7 = exp(4.0 / 7.0);
    private static final double EXP_MINUS_1 = exp(-1);

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

    /** exp(q VF/RT) of the exchanger's charges. */
    double hNa;

    double hCa;
    /** The exchanger's steps that depend on outer concentrations and potential. */
    double k3Exchanger;

    double k3SecondExchanger;
    double k8Exchanger;
    /** The pump's: affinity for inner sodium, mM, and two steps. */
    double kNai;

    double b2Pump;
    double a3Pump;

    private final boolean epicardial;
    private final OHaraRudyConstants constants;

    OHaraRudyPotential(VentricularCell cell, OHaraRudyConstants constants) {
        this.epicardial = cell == VentricularCell.EPICARDIAL;
        this.constants = constants;
    }

    void at(double V) {
        sodium(V);
        transientOutward(V);
        calcium(V);
        potassium(V);
        transport(V);
    }

    private void sodium(double V) {
        gate(
                0,
                1 / (1 + exp(-(V + 39.57) / 9.871)),
                6.765 * exp((V + 11.64) / 34.77) + 8.552 * exp(-(V + 77.42) / 5.955));
        double slopeH = exp(V / 6.086);
        double hInf = 1 / (1 + slopeH * H_SHIFT);
        double hSlow = .009794 * exp(-(V + 17.95) / 28.05) + .3343 * exp((V + 5.73) / 56.66);
        double jRate = .02136 * exp(-(V + 100.6) / 8.281) + .3052 * exp((V + .9941) / 38.45);
        double j = jRate / (2.038 * jRate + 1);
        gate(1, hInf, 1.432e-5 * exp(-(V + 1.196) / 6.285) + 6.149 * exp((V + .5096) / 20.27));
        gate(2, hInf, hSlow);
        gate(3, hInf, j);
        gate(4, 1 / (1 + slopeH * H_CAMK_SHIFT), hSlow / 3);
        gate(5, hInf, j / 1.46);
        double slopeHL = exp(V / 7.488);
        gate(6, 1 / (1 + exp(-(V + 42.85) / 5.264)), rate[0]);
        gate(7, 1 / (1 + slopeHL * HL_SHIFT), 1 / 200.0);
        gate(8, 1 / (1 + slopeHL * HL_CAMK_SHIFT), 1 / 600.0);
    }

    private void transientOutward(double V) {
        double slopeA = exp(-V / 14.82);
        double slopeTauA = exp(V / 29.3814);
        double a = (1 / (1.2089 * (1 + TAU_A_OPEN / slopeTauA)) + 3.5 / (1 + TAU_A_CLOSE * slopeTauA)) / 1.0515;
        gate(9, 1 / (1 + slopeA * A_SHIFT), a);
        gate(12, 1 / (1 + slopeA * A_CAMK_SHIFT), a);

        double iInf = 1 / (1 + exp((V + 43.94) / 5.711));
        double fast = .3933 * exp(-(V + 100) / 100) + .08004 * exp((V + 50) / 16.59);
        double slow = .001416 * exp(-(V + 96.52) / 59.05) + 1.78e-8 * exp((V + 114.1) / 8.079);
        double epi = epicardial ? 1 - 0.95 / (1 + exp((V + 70) / 5)) : 1;
        double iFast = fast / ((4.562 * fast + 1) * epi);
        double iSlow = slow / ((23.62 * slow + 1) * epi);
        double development =
                1.354 + 1e-4 / (exp((V - 167.4) / 15.89) + exp(Math.min(LARGEST_EXPONENT, -(V - 12.23) / .2154)));
        double recovery = 1 - .5 / (1 + exp((V + 70) / 20));
        gate(10, iInf, iFast);
        gate(11, iInf, iSlow);
        gate(13, iInf, iFast / (development * recovery));
        gate(14, iInf, iSlow / (development * recovery));
        aIFast = 1 / (1 + exp((V - 213.6) / 151.2));
    }

    private void calcium(double V) {
        double slope10 = exp(V / 10);
        double slope7 = exp(V / 7);
        gate(15, 1 / (1 + exp(-(V + 3.94) / 4.23)), limited(.6, exp(-.05 * (V + 6)) + exp(.09 * (V + 14))));

        double fInf = 1 / (1 + exp((V + 19.58) / 3.696));
        double fFast = limited(7, .0045 * (1 / (EXP_2 * slope10) + EXP_2 * slope10));
        double fCaFast = limited(7, .04 * (EXP_4_OVER_7 / slope7 + slope7 / EXP_4_OVER_7));
        gate(16, fInf, fFast);
        gate(17, fInf, limited(1000, 3.5e-5 * (exp(-(V + 5) / 4) + exp((V + 5) / 6))));
        gate(18, fInf, fCaFast);
        gate(19, fInf, limited(100, 1.2e-4 * (exp(-V / 3) + slope7)));
        gate(20, fInf, 1 / 75.0);
        gate(21, fInf, fFast / 2.5);
        gate(22, fInf, fCaFast / 2.5);
        aFCaFast = .3 + .6 / (1 + slope10 * EXP_MINUS_1);
    }

    private void potassium(double V) {
        double xrInf = 1 / (1 + exp(-(V + 8.337) / 6.789));
        gate(23, xrInf, limited(12.98, .3652 * exp((V - 31.66) / 3.869) + 4.123e-5 * exp(-(V - 47.78) / 20.38)));
        gate(24, xrInf, limited(1.865, .06629 * exp((V - 34.7) / 7.355) + 1.128e-5 * exp(-(V - 29.74) / 25.94)));
        aXrFast = 1 / (1 + exp((V + 54.81) / 38.21));
        rectificationKr = 1 / ((1 + exp((V + 55) / 75)) * (1 + exp((V - 10) / 30)));

        double xsInf = 1 / (1 + exp(-(V + 11.6) / 8.932));
        gate(25, xsInf, limited(817.3, 2.326e-4 * exp((V + 48.28) / 17.8) + .001292 * exp(-(V + 210) / 230)));
        gate(26, xsInf, .01 * exp((V - 50) / 20) + .0193 * exp(-(V + 66.54) / 31));

        gate(
                27,
                1 / (1 + exp(-(V + constants.xk1Midpoint + 144.59) / constants.xk1Slope)),
                (exp(-(V + 127.2) / 20.36) + exp((V + 236.8) / 69.33)) / 122.2);
        rectificationK1 = 1 / (1 + exp((V + 105.8 - constants.k1Shift) / 9.493));
        activationKb = 1 / (1 + exp(-(V - 14.48) / 18.34));
    }

    private void transport(double V) {
        double vf = V * F_OVER_RT;
        double excess = Math.expm1(vf);
        expVf = excess + 1;
        exp2Vf = expVf * expVf;
        ghkMonovalent = F * (Math.abs(vf) < 1e-8 ? 1 - vf / 2 : vf / excess);
        ghkDivalent = 2 * F * (Math.abs(vf) < 1e-8 ? 1 - vf : 2 * vf / (excess * (excess + 2)));

        hNa = exp(0.5224 * vf);
        hCa = exp(0.167 * vf);
        double Nao = constants.Nao;
        double h7 = 1 + constants.exchangerNao * (1 + 1 / hNa);
        double h8 = Nao / (88.12 * hNa * h7);
        k3SecondExchanger = 5e3 * h8;
        k3Exchanger = 6e4 / h7 + k3SecondExchanger;
        k8Exchanger = h8 * Nao * Nao / (constants.h10Exchanger * 15 * 5) * 6e4;

        kNai = 9.073 * exp(-.155 * vf / 3);
        double kNao = 27.78 * exp(1.155 * vf / 3);
        double sodium = Nao / kNao;
        double outer = cube(1 + sodium) + constants.pumpPotassiumBound - 1;
        b2Pump = 39.4 * cube(sodium) / outer;
        a3Pump = constants.pumpPotassiumStep / outer;
    }

    /** Rate of a gate with time constant floorMs + 1 / rate. */
    private static double limited(double floorMs, double rate) {
        return rate / (floorMs * rate + 1);
    }

    private static double cube(double x) {
        return x * x * x;
    }

    private void gate(int gate, double steadyState, double perMs) {
        infinity[gate] = steadyState;
        rate[gate] = perMs;
    }
}
