package org.ionstream.reference.cell;

import static org.ionstream.reference.cell.Exponentials.xOverExpm1;

import java.util.List;

/**
 * The squid giant axon: sodium, potassium and leak currents, with the potential V in mV relative to rest, depolarisation
 * positive.
 *
 * <p>A. L. Hodgkin, A. F. Huxley, "A quantitative description of membrane current and its application to conduction and
 * excitation in nerve", 1952, DOI 10.1113/jphysiol.1952.sp004764. The initial state is that of L. Pellegrini et al., 2025,
 * arXiv 2505.14039; their Table 8 prints V(0) = 2.757e-2 mV, their results come from 2.757e-4. Stimulus in uA/cm2.
 * Thread-safe.
 */
public final class HodgkinHuxley1952 implements IonicModel {
    /** Membrane capacitance, uF/cm2. */
    private static final double Cm = 1;
    /** Conductances, mS/cm2. */
    private static final double gNa = 120;

    private static final double gK = 36;
    private static final double gL = 0.3;
    /** Reversal potentials, mV above rest. */
    private static final double VNa = 115;

    private static final double VK = -12;
    private static final double VL = 10.6;

    private final double[] initialState;

    public HodgkinHuxley1952() {
        this(2.757e-4, 5.2934e-2, 5.9611e-1, 3.1768e-1);
    }

    /**
     * Starts elsewhere.
     *
     * @param state V in mV, then the gates m, h, n
     */
    public HodgkinHuxley1952(double... state) {
        if (state.length != 4) {
            throw new IllegalArgumentException(
                    "initial state of %d values; Hodgkin-Huxley has V, m, h, n".formatted(state.length));
        }
        initialState = state.clone();
    }

    @Override
    public List<String> variables() {
        return List.of("V", "m", "h", "n");
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
