package org.ionstream.reference.cell;

import static org.ionstream.reference.cell.Exponentials.xOverExpm1;
import static org.ionstream.reference.cell.Exponentials.xOverExpm1Slope;

import java.util.List;
import java.util.Map;

/**
 * The squid giant axon: sodium, potassium and leak currents, with the potential V in mV relative to rest, depolarisation
 * positive.
 *
 * <p>A. L. Hodgkin, A. F. Huxley, "A quantitative description of membrane current and its application to conduction and
 * excitation in nerve", 1952, DOI 10.1113/jphysiol.1952.sp004764. The initial state is that of L. Pellegrini et al., 2025,
 * arXiv 2505.14039; their Table 8 prints V(0) = 2.757e-2 mV, their results come from 2.757e-4. State
 * order V, m, h, n; time in ms, stimulus in uA/cm2.
 *
 * <p>Not stiff between the reversal potentials, but the closing rates of the gates grow exponentially when the cell is driven far
 * below rest: 1e7 per ms at -266 mV, where -80 uA/cm2 lead. The Jacobian is a diagonal of gates with a border for V.
 */
public final class HodgkinHuxley1952 implements StiffIonicModel {
    private static final int GATES = 3;
    private static final double EXP_2_5 = Math.exp(2.5);
    private static final double EXP_3 = Math.exp(3);

    public static final List<String> VARIABLES = List.of("V", "m", "h", "n");

    public static final Parameters PUBLISHED = new Parameters(
            Map.of("C_m", 1.0, "gNa", 120.0, "gK", 36.0, "gL", 0.3, "V_Na", 115.0, "V_K", -12.0, "V_L", 10.6));

    /** Membrane capacitance, uF/cm2. */
    private final double Cm;
    /** Conductances, mS/cm2. */
    private final double gNa;

    private final double gK;
    private final double gL;
    /** Reversal potentials, mV above rest. */
    private final double VNa;

    private final double VK;
    private final double VL;

    private final double[] initialState;

    // rates of the last evaluation, and exp(-V/10)
    private double alphaM;
    private double betaM;
    private double alphaH;
    private double betaH;
    private double alphaN;
    private double betaN;
    private double e10;

    // Jacobian: d(dV/dt)/dV, d(dV/dt)/dx, d(dx/dt)/dV and -d(dx/dt)/dx of the gates m, h, n
    private double VPerV;
    private final double[] VPerGate = new double[GATES];
    private final double[] gatePerV = new double[GATES];
    private final double[] gateRate = new double[GATES];

    // its factors
    private double pivotV;
    private final double[] pivot = new double[GATES];
    private final double[] follows = new double[GATES];
    private final double[] acts = new double[GATES];

    /** As published, from rest. */
    public HodgkinHuxley1952() {
        this(PUBLISHED, 2.757e-4, 5.2934e-2, 5.9611e-1, 3.1768e-1);
    }

    /**
     * @param parameters of the names in {@link #PUBLISHED}
     * @param initialState V in mV, then the gates m, h, n
     */
    public HodgkinHuxley1952(Parameters parameters, double... initialState) {
        this.initialState = IonicModel.checked(initialState, VARIABLES);
        Cm = parameters.of("C_m");
        gNa = parameters.of("gNa");
        gK = parameters.of("gK");
        gL = parameters.of("gL");
        VNa = parameters.of("V_Na");
        VK = parameters.of("V_K");
        VL = parameters.of("V_L");
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
        return new double[] {1, 1, 1, 1};
    }

    /** Far below rest it is: closing rates grow with exp(-V/18), at V = -256 mV to 6e6 per ms. */
    @Override
    public boolean isStiffAtRest() {
        return false;
    }

    @Override
    public void derivatives(double current, double[] state, double[] derivatives) {
        double V = state[0];
        double m = state[1];
        double h = state[2];
        double n = state[3];
        rates(V);
        double iNa = gNa * m * m * m * h * (V - VNa);
        double iK = gK * n * n * n * n * (V - VK);
        double iL = gL * (V - VL);
        derivatives[0] = (current - iNa - iK - iL) / Cm;
        derivatives[1] = alphaM * (1 - m) - betaM * m;
        derivatives[2] = alphaH * (1 - h) - betaH * h;
        derivatives[3] = alphaN * (1 - n) - betaN * n;
    }

    /** Opening and closing, 1/ms; exponents that are multiples of V/80 share one exponential. */
    private void rates(double V) {
        double e80 = Math.exp(V / -80);
        double e20 = e80 * e80 * e80 * e80;
        e10 = e20 * e20;
        alphaM = xOverExpm1((25 - V) / 10, EXP_2_5 * e10);
        betaM = 4 * Math.exp(V / -18);
        alphaH = 0.07 * e20;
        betaH = 1 / (EXP_3 * e10 + 1);
        alphaN = 0.1 * xOverExpm1((10 - V) / 10, Math.E * e10);
        betaN = 0.125 * e80;
    }

    @Override
    public void linearise(double current, double[] state, double[] derivatives) {
        derivatives(current, state, derivatives);
        double V = state[0];
        double m = state[1];
        double h = state[2];
        double n = state[3];
        VPerV = -(gNa * m * m * m * h + gK * n * n * n * n + gL) / Cm;
        VPerGate[0] = -gNa * 3 * m * m * h * (V - VNa) / Cm;
        VPerGate[1] = -gNa * m * m * m * (V - VNa) / Cm;
        VPerGate[2] = -gK * 4 * n * n * n * (V - VK) / Cm;
        gatePerV[0] = -xOverExpm1Slope((25 - V) / 10, EXP_2_5 * e10) / 10 * (1 - m) + betaM / 18 * m;
        gatePerV[1] = -alphaH / 20 * (1 - h) - betaH * betaH * EXP_3 * e10 / 10 * h;
        gatePerV[2] = -0.1 * xOverExpm1Slope((10 - V) / 10, Math.E * e10) / 10 * (1 - n) + betaN / 80 * n;
        gateRate[0] = alphaM + betaM;
        gateRate[1] = alphaH + betaH;
        gateRate[2] = alphaN + betaN;
    }

    /** The row of a gate has two entries, V and itself: the gates are eliminated, V is left. */
    @Override
    public boolean factor(double gammaH) {
        pivotV = 1 - gammaH * VPerV;
        for (int gate = 0; gate < GATES; gate++) {
            pivot[gate] = 1 / (1 + gammaH * gateRate[gate]);
            follows[gate] = gammaH * gatePerV[gate] * pivot[gate];
            acts[gate] = gammaH * VPerGate[gate];
            pivotV -= acts[gate] * follows[gate];
        }
        return pivotV != 0 && Double.isFinite(pivotV);
    }

    @Override
    public void solve(double[] b) {
        for (int gate = 0; gate < GATES; gate++) {
            b[1 + gate] *= pivot[gate];
            b[0] += acts[gate] * b[1 + gate];
        }
        b[0] /= pivotV;
        for (int gate = 0; gate < GATES; gate++) {
            b[1 + gate] += follows[gate] * b[0];
        }
    }
}
