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
 * order V, m, h, n; time in ms, stimulus in uA/cm2. Thread-safe.
 */
public final class HodgkinHuxley1952 implements IonicModel {
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
}
