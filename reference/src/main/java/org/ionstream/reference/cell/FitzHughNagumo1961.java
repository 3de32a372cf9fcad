package org.ionstream.reference.cell;

import java.util.List;

/**
 * FitzHugh's two-variable caricature of an excitable membrane: a fast potential V with a cubic nullcline and a slow recovery
 * w, both dimensionless.
 *
 * <p>R. FitzHugh, "Impulses and physiological states in theoretical models of nerve membrane", 1961, DOI
 * 10.1016/S0006-3495(61)86902-6, in the form and with the constants of L. Pellegrini et al., "Learning high-dimensional ionic
 * model dynamics using Fourier neural operators", 2025, arXiv 2505.14039. Their Table 5 prints e = 1; their results come from
 * e = 0.1. Stimulus in 1/ms. Thread-safe.
 */
public final class FitzHughNagumo1961 implements IonicModel {
    /** Rate of the cubic current, 1/ms. */
    private static final double b = 5;
    /** Threshold potential. */
    private static final double beta = 0.1;
    /** Excited potential. */
    private static final double delta = 1;
    /** Strength of recovery, 1/ms. */
    private static final double c = 1;
    /** Rate of recovery, 1/ms. */
    private static final double e = 0.1;
    /** Decay of recovery. */
    private static final double gamma = 0.25;

    @Override
    public List<String> variables() {
        return List.of("V", "w");
    }

    @Override
    public double[] initialState() {
        return new double[] {0, 0};
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
