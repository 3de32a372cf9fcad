package org.ionstream.reference.cell;

import static org.ionstream.reference.cell.Exponentials.xOverExpm1;
import static org.ionstream.reference.cell.Exponentials.xOverExpm1Slope;

import java.util.List;
import java.util.Map;

/**
 * The mammalian ventricular myocyte with four currents: fast sodium, slow inward (calcium), time-dependent and time-independent
 * potassium. The potential V is in mV.
 *
 * <p>G. W. Beeler, H. Reuter, "Reconstruction of the action potential of ventricular myocardial fibres", 1977, DOI
 * 10.1113/jphysiol.1977.sp011853; rates as in its table 1. Calcium is in mM here, in mol/l there. State order V, Ca_i, m, h, j, d,
 * f, x1; time in ms, stimulus in uA/cm2.
 *
 * <p>Stiff: at rest m follows V within 0.01 ms. The Jacobian is a diagonal of gates with a border for V and for calcium.
 */
public final class BeelerReuter1977 implements StiffIonicModel {
    private static final int FIRST_GATE = 2;
    private static final int GATES = 6;
    private static final int M = 0;
    private static final int H = 1;
    private static final int J = 2;
    private static final int D = 3;
    private static final int F = 4;
    private static final int X1 = 5;

    /** RT/2F at 29 degrees, mV. */
    private static final double HALF_RT_OVER_F = 13.0287;
    /** Of the slow inward current at 1 mol/l inside, mV. */
    private static final double E_S_AT_1_M = -82.3;

    private static final double M_PER_MM = 1e-3;
    /** Calcium that a current of 1 uA/cm2 brings, mM/ms. */
    private static final double CALCIUM_PER_CURRENT = 1e-4;
    /** Its uptake, 1/ms, and the concentration at which that stops, mM. */
    private static final double UPTAKE = 0.07;

    private static final double CALCIUM_AT_REST = 1e-4;

    public static final List<String> VARIABLES = List.of("V", "Ca_i", "m", "h", "j", "d", "f", "x1");

    public static final Parameters PUBLISHED = new Parameters(Map.of(
            "C_m", 1.0, "gNa", 4.0, "gNaC", 0.003, "E_Na", 50.0, "g_s", 0.09, "gK1_scale", 1.0, "gx1_scale", 1.0));

    /**
     * C1 exp(C2 (V + C3)) / (exp(C6 (V + C3)) + C7), as table 1 has it, without the terms that only the opening of m has.
     *
     * @param c1 1/ms
     * @param c2 1/mV
     * @param c3 mV
     * @param c6 1/mV
     * @param c7 1
     */
    private record Rate(double c1, double c2, double c3, double c6, double c7) {
        double at(double V) {
            return c1 * Math.exp(c2 * (V + c3)) / (Math.exp(c6 * (V + c3)) + c7);
        }

        /** Derivative, where the rate is known. */
        double slope(double V, double rate) {
            double e6 = Math.exp(c6 * (V + c3));
            return rate * (c2 - c6 * e6 / (e6 + c7));
        }
    }

    /** Opening and closing of h, j, d, f, x1, then the closing of m. */
    private static final List<Rate> OPENING = List.of(
            new Rate(0.126, -0.25, 77, 0, 0),
            new Rate(0.055, -0.25, 78, -0.2, 1),
            new Rate(0.095, -0.01, -5, -0.072, 1),
            new Rate(0.012, -0.008, 28, 0.15, 1),
            new Rate(0.0005, 0.083, 50, 0.057, 1));

    private static final List<Rate> CLOSING = List.of(
            new Rate(1.7, 0, 22.5, -0.082, 1),
            new Rate(0.3, 0, 32, -0.1, 1),
            new Rate(0.07, -0.017, 44, 0.05, 1),
            new Rate(0.0065, -0.02, 30, -0.2, 1),
            new Rate(0.0013, -0.06, 20, -0.04, 1));

    private static final Rate CLOSING_OF_M = new Rate(40, -0.056, 72, 0, 0);

    /** Membrane capacitance, uF/cm2. */
    private final double Cm;
    /** Conductances, mS/cm2: sodium, its leak, slow inward. */
    private final double gNa;

    private final double gNaC;
    private final double gs;
    /** Reversal potential of sodium, mV. */
    private final double ENa;
    /** Of the potassium currents. */
    private final double K1Scale;

    private final double x1Scale;
    private final double[] initialState;

    // of the last evaluation
    private final double[] alpha = new double[GATES];
    private final double[] beta = new double[GATES];

    // Jacobian, without the diagonal's sign for the gates
    private double VPerV;
    private double VPerCa;
    private double CaPerV;
    private double CaPerCa;
    private final double[] VPerGate = new double[GATES];
    private final double[] CaPerGate = new double[GATES];
    private final double[] gatePerV = new double[GATES];

    // its factors: the gates are eliminated, a 2 x 2 matrix of V and calcium is left
    private double gammaH;
    private final double[] pivot = new double[GATES];
    private final double[] follows = new double[GATES];
    private double a00;
    private double a01;
    private double a10;
    private double a11;
    private double determinant;

    /** As published, from rest: the state in which nothing changes. */
    public BeelerReuter1977() {
        this(PUBLISHED, -84.5738, 1.78201e-4, 0.0109820, 0.987721, 0.974838, 0.00297072, 0.999981, 0.00562865);
    }

    /**
     * @param parameters of the names in {@link #PUBLISHED}
     * @param initialState V in mV, calcium in mM, then the gates m, h, j, d, f, x1
     */
    public BeelerReuter1977(Parameters parameters, double... initialState) {
        this.initialState = IonicModel.checked(initialState, VARIABLES);
        Cm = parameters.of("C_m");
        gNa = parameters.of("gNa");
        gNaC = parameters.of("gNaC");
        gs = parameters.of("g_s");
        ENa = parameters.of("E_Na");
        K1Scale = parameters.of("gK1_scale");
        x1Scale = parameters.of("gx1_scale");
    }

    @Override
    public List<String> variables() {
        return VARIABLES;
    }

    @Override
    public double[] initialState() {
        return initialState.clone();
    }

    @Override
    public double[] scales() {
        return new double[] {1, 1e-3, 1, 1, 1, 1, 1, 1};
    }

    @Override
    public boolean isStiffAtRest() {
        return true;
    }

    @Override
    public void derivatives(double current, double[] state, double[] derivatives) {
        double V = state[0];
        rates(V);
        double iNa = sodiumConductance(state) * (V - ENa);
        double slowInward = gs * state[FIRST_GATE + D] * state[FIRST_GATE + F] * (V - reversal(state[1]));
        double iK = K1Scale * timeIndependent(V) + x1Scale * state[FIRST_GATE + X1] * timeDependent(V);
        derivatives[0] = (current - iK - iNa - slowInward) / Cm;
        derivatives[1] = -CALCIUM_PER_CURRENT * slowInward + UPTAKE * (CALCIUM_AT_REST - state[1]);
        for (int gate = 0; gate < GATES; gate++) {
            double x = state[FIRST_GATE + gate];
            derivatives[FIRST_GATE + gate] = alpha[gate] * (1 - x) - beta[gate] * x;
        }
    }

    private void rates(double V) {
        double u = -0.1 * (V + 47);
        alpha[M] = 10 * xOverExpm1(u, Math.exp(u));
        beta[M] = CLOSING_OF_M.at(V);
        for (int gate = H; gate < GATES; gate++) {
            alpha[gate] = OPENING.get(gate - H).at(V);
            beta[gate] = CLOSING.get(gate - H).at(V);
        }
    }

    private double sodiumConductance(double[] state) {
        double m = state[FIRST_GATE + M];
        return gNa * m * m * m * state[FIRST_GATE + H] * state[FIRST_GATE + J] + gNaC;
    }

    private static double reversal(double calcium) {
        return E_S_AT_1_M - HALF_RT_OVER_F * Math.log(M_PER_MM * calcium);
    }

    private static double timeIndependent(double V) {
        double w = -0.04 * (V + 23);
        double rectifying = 4 * Math.expm1(0.04 * (V + 85)) / (Math.exp(0.08 * (V + 53)) + Math.exp(0.04 * (V + 53)));
        return 0.35 * (rectifying + 5 * xOverExpm1(w, Math.exp(w)));
    }

    private static double timeIndependentSlope(double V) {
        double w = -0.04 * (V + 23);
        double below = Math.exp(0.08 * (V + 53)) + Math.exp(0.04 * (V + 53));
        double belowSlope = 0.08 * Math.exp(0.08 * (V + 53)) + 0.04 * Math.exp(0.04 * (V + 53));
        double above = Math.expm1(0.04 * (V + 85));
        double rectifying = 4 * (0.04 * Math.exp(0.04 * (V + 85)) / below - above * belowSlope / (below * below));
        return 0.35 * (rectifying - 0.2 * xOverExpm1Slope(w, Math.exp(w)));
    }

    /** 0.8 (exp(0.04 (V + 77)) - 1) / exp(0.04 (V + 35)). */
    private static double timeDependent(double V) {
        return 0.8 * (Math.exp(0.04 * 42) - Math.exp(-0.04 * (V + 35)));
    }

    @Override
    public void linearise(double current, double[] state, double[] derivatives) {
        derivatives(current, state, derivatives);
        double V = state[0];
        double m = state[FIRST_GATE + M];
        double h = state[FIRST_GATE + H];
        double j = state[FIRST_GATE + J];
        double d = state[FIRST_GATE + D];
        double f = state[FIRST_GATE + F];
        double driving = V - reversal(state[1]);
        double u = -0.1 * (V + 47);
        gatePerV[M] = -xOverExpm1Slope(u, Math.exp(u)) * (1 - m) - CLOSING_OF_M.slope(V, beta[M]) * m;
        for (int gate = H; gate < GATES; gate++) {
            double x = state[FIRST_GATE + gate];
            gatePerV[gate] = OPENING.get(gate - H).slope(V, alpha[gate]) * (1 - x)
                    - CLOSING.get(gate - H).slope(V, beta[gate]) * x;
        }
        double slowPerV = gs * d * f;
        double slowPerCa = gs * d * f * HALF_RT_OVER_F / state[1];
        double x1PerV = 0.8 * 0.04 * Math.exp(-0.04 * (V + 35));
        VPerV = -(K1Scale * timeIndependentSlope(V)
                        + x1Scale * state[FIRST_GATE + X1] * x1PerV
                        + sodiumConductance(state)
                        + slowPerV)
                / Cm;
        VPerCa = -slowPerCa / Cm;
        CaPerV = -CALCIUM_PER_CURRENT * slowPerV;
        CaPerCa = -CALCIUM_PER_CURRENT * slowPerCa - UPTAKE;
        VPerGate[M] = -3 * gNa * m * m * h * j * (V - ENa) / Cm;
        VPerGate[H] = -gNa * m * m * m * j * (V - ENa) / Cm;
        VPerGate[J] = -gNa * m * m * m * h * (V - ENa) / Cm;
        VPerGate[D] = -gs * f * driving / Cm;
        VPerGate[F] = -gs * d * driving / Cm;
        VPerGate[X1] = -x1Scale * timeDependent(V) / Cm;
        CaPerGate[D] = -CALCIUM_PER_CURRENT * gs * f * driving;
        CaPerGate[F] = -CALCIUM_PER_CURRENT * gs * d * driving;
    }

    @Override
    public boolean factor(double newGammaH) {
        gammaH = newGammaH;
        a00 = 1 - gammaH * VPerV;
        a01 = -gammaH * VPerCa;
        a10 = -gammaH * CaPerV;
        a11 = 1 - gammaH * CaPerCa;
        for (int gate = 0; gate < GATES; gate++) {
            pivot[gate] = 1 / (1 + gammaH * (alpha[gate] + beta[gate]));
            follows[gate] = gammaH * gatePerV[gate] * pivot[gate];
            a00 -= gammaH * VPerGate[gate] * follows[gate];
            a10 -= gammaH * CaPerGate[gate] * follows[gate];
        }
        determinant = a00 * a11 - a01 * a10;
        return determinant != 0 && Double.isFinite(determinant);
    }

    @Override
    public void solve(double[] b) {
        double b0 = b[0];
        double b1 = b[1];
        for (int gate = 0; gate < GATES; gate++) {
            b[FIRST_GATE + gate] *= pivot[gate];
            b0 += gammaH * VPerGate[gate] * b[FIRST_GATE + gate];
            b1 += gammaH * CaPerGate[gate] * b[FIRST_GATE + gate];
        }
        b[0] = (a11 * b0 - a01 * b1) / determinant;
        b[1] = (a00 * b1 - a10 * b0) / determinant;
        for (int gate = 0; gate < GATES; gate++) {
            b[FIRST_GATE + gate] += follows[gate] * b[0];
        }
    }
}
