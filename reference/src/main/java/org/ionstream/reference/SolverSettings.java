package org.ionstream.reference;
public record SolverSettings(double relativeTolerance, int largestEvaluations) {
    public static final SolverSettings AUDIT = new SolverSettings(1e-8, 2_000_000);
}
