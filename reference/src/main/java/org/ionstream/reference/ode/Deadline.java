package org.ionstream.reference.ode;

/**
 * The end of the wall time that an integration may take. Looked at once per step: a look at the clock costs tens of
 * nanoseconds, a step microseconds.
 */
public final class Deadline {
    private final double largestWallMs;
    private final long endNs;

    private Deadline(double largestWallMs) {
        this.largestWallMs = largestWallMs;
        this.endNs = System.nanoTime() + (long) (1e6 * largestWallMs);
    }

    /** Begins to run now. */
    public static Deadline in(double largestWallMs) {
        return new Deadline(largestWallMs);
    }

    /**
     * @param t where the integration is, for the message
     * @param evaluations so far, for the message
     * @throws IntegrationException if the time is over
     */
    public void check(double t, int evaluations) {
        if (System.nanoTime() - endNs >= 0) {
            throw new IntegrationException(
                    "%s ms of wall time are used up at t=%s ms after %d evaluations of the right-hand side; raise largestWallMs or loosen relativeTolerance"
                            .formatted(largestWallMs, t, evaluations));
        }
    }
}
