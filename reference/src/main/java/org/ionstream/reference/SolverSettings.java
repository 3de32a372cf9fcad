package org.ionstream.reference;

/**
 * How exactly a protocol is solved and how much work that may take.
 *
 * @param relativeTolerance of the error of one step; the absolute tolerance of a variable is a hundredth of it times the
 *     variable's scale
 * @param largestEvaluations of the right-hand side, after which the solver gives up
 */
public record SolverSettings(double relativeTolerance, int largestEvaluations) {
    /** Two orders tighter than any surrogate: what predictions are judged against. */
    public static final SolverSettings AUDIT = new SolverSettings(1e-8, 2_000_000);

    /** Three orders tighter than any surrogate, at a third of the time: what surrogates are trained on. */
    public static final SolverSettings LABELS = new SolverSettings(1e-6, 2_000_000);

    public SolverSettings {
        if (!(relativeTolerance >= 1e-13 && relativeTolerance <= 0.1)) {
            throw new IllegalArgumentException(
                    "relativeTolerance is %s; it must be in [1e-13, 0.1]".formatted(relativeTolerance));
        }
        if (largestEvaluations < 1) {
            throw new IllegalArgumentException(
                    "largestEvaluations is %d; it must be positive".formatted(largestEvaluations));
        }
    }
}
