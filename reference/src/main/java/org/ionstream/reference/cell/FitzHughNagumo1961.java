package org.ionstream.reference.cell;

import java.util.List;
import java.util.Map;

/**
 * FitzHugh's two-variable caricature of an excitable membrane: a fast potential V with a cubic nullcline and a slow recovery
 * w, both dimensionless.
 *
 * <p>R. FitzHugh, "Impulses and physiological states in theoretical models of nerve membrane", 1961, DOI
 * 10.1016/S0006-3495(61)86902-6, in the form and with the constants of L. Pellegrini et al., "Learning high-dimensional ionic
 * model dynamics using Fourier neural operators", 2025, arXiv 2505.14039. Their Table 5 prints e = 1; their results come from
 * e = 0.1. State order V, w; time in ms, stimulus in 1/ms. Thread-safe.
 */
public final class FitzHughNagumo1961 implements IonicModel {
    public static final List<String> VARIABLES = List.of("V", "w");

    public static final Parameters PUBLISHED =
            new Parameters(Map.of("b", 5.0, "beta", 0.1, "delta", 1.0, "c", 1.0, "e", 0.1, "gamma", 0.25));

    /** Rate of the cubic current, 1/ms. */
    private final double b;
    /** Threshold potential. */
    private final double beta;
    /** Excited potential. */
    private final double delta;
    /** Strength of recovery, 1/ms. */
    private final double c;
    /** Rate of recovery, 1/ms. */
    private final double e;
    /** Decay of recovery. */
    private final double gamma;

    private final double[] initialState;

    /** As published, from rest. */
    public FitzHughNagumo1961() {
        this(PUBLISHED, 0, 0);
    }

    /**
     * @param parameters of the names in {@link #PUBLISHED}
     * @param initialState V, w
     */
    public FitzHughNagumo1961(Parameters parameters, double... initialState) {
        this.initialState = IonicModel.checked(initialState, VARIABLES);
        b = parameters.of("b");
        beta = parameters.of("beta");
        delta = parameters.of("delta");
        c = parameters.of("c");
        e = parameters.of("e");
        gamma = parameters.of("gamma");
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
        return new double[] {1, 1};
    }

    @Override
    public void derivatives(double current, double[] state, double[] derivatives) {
        double V = state[0];
        double w = state[1];
        derivatives[0] = b * V * (V - beta) * (delta - V) - c * w + current;
        derivatives[1] = e * (V - gamma * w);
    }
}
