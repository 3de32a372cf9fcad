package org.ionstream.trainer.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Admits so many in any minute. Thread-safe. */
final class RateLimit {
    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final int perMinute;
    private final LongSupplier nanoTime;
    private final Deque<Long> admitted = new ArrayDeque<>();

    RateLimit(int perMinute, LongSupplier nanoTime) {
        this.perMinute = perMinute;
        this.nanoTime = nanoTime;
    }

    synchronized boolean admits() {
        long now = nanoTime.getAsLong();
        while (!admitted.isEmpty() && now - admitted.getFirst() >= MINUTE_NANOS) {
            admitted.removeFirst();
        }
        if (admitted.size() >= perMinute) {
            return false;
        }
        admitted.addLast(now);
        return true;
    }
}
