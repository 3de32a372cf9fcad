package org.ionstream.reference;

/**
 * How exactly a protocol is solved and how much work that may take.
 *
 * @param relativeTolerance of the error of one step; the absolute tolerance of a variable is a hundredth of it times the
 *     variable's scale
 * @param largestEvaluations of the right-hand side, after which the solver gives up
 * @param largestWallMs of one solve, after which the solver gives up; unlike the evaluations it depends on the machine, so it
 *     is the last resort
 */
public record SolverSettings(double relativeTolerance, int largestEvaluations, double largestWallMs) {
    /**
     * The tolerance is two orders tighter than any surrogate: what predictions are judged against. The evaluations are eight
     * times those of 33 O'Hara-Rudy beats in the longest horizon, 10 s. The wall time keeps a batch of 64 hopeless protocols
     * on two threads within the five minutes after which Kafka takes the partitions away.
     */
    public static final SolverSettings AUDIT = new SolverSettings(1e-8, 2_000_000, 8_000);

    /** A day: nobody waits longer, and the clock's nanoseconds do not overflow. */
    private static final double LONGEST_WALL_MS = 86_400_000;

    /**
     * Three orders tighter than any surrogate, at a third of the time: what surrogates are trained on. Nobody waits, and a
     * machine that was suspended must not cost a label.
     */
    public static final SolverSettings LABELS = new SolverSettings(1e-6, 2_000_000, LONGEST_WALL_MS);

    public SolverSettings {
        if (!(relativeTolerance >= 1e-13 && relativeTolerance <= 0.1)) {
            throw new IllegalArgumentException(
                    "relativeTolerance is %s; it must be in [1e-13, 0.1]".formatted(relativeTolerance));
        }
        if (largestEvaluations < 1) {
            throw new IllegalArgumentException(
                    "largestEvaluations is %d; it must be positive".formatted(largestEvaluations));
        }
        if (!(largestWallMs > 0 && largestWallMs <= LONGEST_WALL_MS)) {
            throw new IllegalArgumentException(
                    "largestWallMs is %s; it must be above 0 and at most %s".formatted(largestWallMs, LONGEST_WALL_MS));
        }
    }
}
