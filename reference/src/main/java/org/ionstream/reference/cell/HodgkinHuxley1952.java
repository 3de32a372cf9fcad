package org.ionstream.reference.cell;

import static org.ionstream.reference.cell.Exponentials.xOverExpm1;

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
    /** Increment of V in differences, mV. */
    private static final double INCREMENT = 1e-6;

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

    /** d(dV/dt)/dV, then d(dV/dt)/d(gate). */
    private final double[] rowOfV = new double[1 + GATES];
    /** d(dx/dt)/dV of gate x. */
    private final double[] gatePerV = new double[GATES];

    private final double[] gateRate = new double[GATES];
    private final double[] shifted = new double[1 + GATES];
    private final double[] shiftedDerivatives = new double[1 + GATES];
    private double gammaH;
    private double pivotOfV;
    private final double[] gatePivot = new double[GATES];

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

    @Override
    public void derivatives(double current, double[] state, double[] derivatives) {
        double V = state[0];
        double m = state[1];
        double h = state[2];
        double n = state[3];
        double alphaM = xOverExpm1((25 - V) / 10);
        double betaM = 4 * Math.exp(-V / 18);
        double alphaH = 0.07 * Math.exp(-V / 20);
        double betaH = 1 / (Math.exp((30 - V) / 10) + 1);
        double alphaN = 0.1 * xOverExpm1((10 - V) / 10);
        double betaN = 0.125 * Math.exp(-V / 80);
        double iNa = gNa * m * m * m * h * (V - VNa);
        double iK = gK * n * n * n * n * (V - VK);
        double iL = gL * (V - VL);
        derivatives[0] = (current - iNa - iK - iL) / Cm;
        derivatives[1] = alphaM * (1 - m) - betaM * m;
        derivatives[2] = alphaH * (1 - h) - betaH * h;
        derivatives[3] = alphaN * (1 - n) - betaN * n;
    }

    @Override
    public boolean isStiffAtRest() {
        return false;
    }

    @Override
    public void linearise(double current, double[] state, double[] derivatives) {
        derivatives(current, state, derivatives);
        System.arraycopy(state, 0, shifted, 0, shifted.length);
        shifted[0] = state[0] + INCREMENT;
        double increment = shifted[0] - state[0];
        derivatives(current, shifted, shiftedDerivatives);
        rowOfV[0] = (shiftedDerivatives[0] - derivatives[0]) / increment;
        for (int gate = 0; gate < GATES; gate++) {
            gatePerV[gate] = (shiftedDerivatives[1 + gate] - derivatives[1 + gate]) / increment;
        }
        double V = state[0];
        double m = state[1];
        double h = state[2];
        double n = state[3];
        rowOfV[1] = -3 * gNa * m * m * h * (V - VNa) / Cm;
        rowOfV[2] = -gNa * m * m * m * (V - VNa) / Cm;
        rowOfV[3] = -4 * gK * n * n * n * (V - VK) / Cm;
        gateRate[0] = xOverExpm1((25 - V) / 10) + 4 * Math.exp(-V / 18);
        gateRate[1] = 0.07 * Math.exp(-V / 20) + 1 / (Math.exp((30 - V) / 10) + 1);
        gateRate[2] = 0.1 * xOverExpm1((10 - V) / 10) + 0.125 * Math.exp(-V / 80);
    }

    @Override
    public boolean factor(double gammaH) {
        this.gammaH = gammaH;
        pivotOfV = 1 - gammaH * rowOfV[0];
        for (int gate = 0; gate < GATES; gate++) {
            gatePivot[gate] = 1 / (1 + gammaH * gateRate[gate]);
            pivotOfV -= gammaH * gammaH * rowOfV[1 + gate] * gatePerV[gate] * gatePivot[gate];
        }
        return Double.isFinite(pivotOfV) && pivotOfV != 0;
    }

    @Override
    public void solve(double[] b) {
        double sum = b[0];
        for (int gate = 0; gate < GATES; gate++) {
            b[1 + gate] *= gatePivot[gate];
            sum += gammaH * rowOfV[1 + gate] * b[1 + gate];
        }
        b[0] = sum / pivotOfV;
        for (int gate = 0; gate < GATES; gate++) {
            b[1 + gate] += gammaH * b[0] * gatePerV[gate] * gatePivot[gate];
        }
    }
}
