package org.ionstream.producer;

/**
 * When to send the next protocol so that so many go out per second. Kept against the clock, not against the last send, so
 * short delays are made up for; after a longer one the schedule moves on instead of sending a burst.
 */
final class SendingSchedule {
    private static final double LARGEST_BACKLOG_NANOS = 1e9;

    private final double protocolsPerSecond;
    private final long startNanos;
    /** After the start. */
    private double nextNanos;

    /** @param protocolsPerSecond 0: without delay */
    SendingSchedule(double protocolsPerSecond, long startNanos) {
        this.protocolsPerSecond = protocolsPerSecond;
        this.startNanos = startNanos;
    }

    /** @return 0 when it is time */
    long nanosUntilNext(long nowNanos) {
        return Math.max(0, (long) Math.ceil(nextNanos - (nowNanos - startNanos)));
    }

    void sent(long nowNanos) {
        if (protocolsPerSecond > 0) {
            nextNanos = Math.max(nextNanos, nowNanos - startNanos - LARGEST_BACKLOG_NANOS) + 1e9 / protocolsPerSecond;
        }
    }
}
