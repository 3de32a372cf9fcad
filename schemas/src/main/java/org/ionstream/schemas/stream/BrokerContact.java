package org.ionstream.schemas.stream;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Whether a consumer heard from a broker lately. Kafka's clients keep their partitions and go on trying while the broker is
 * away, so an assignment says nothing; the bytes that arrive do, as also an idle consumer has an answer twice a second.
 *
 * <p>Thread-safe.
 */
final class BrokerContact {
    /** Three heartbeats and a pause of the broker. */
    static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private static final String GROUP = "consumer-metrics";
    private static final String BYTES = "incoming-byte-total";

    private final DoubleSupplier bytesReceived;
    private final LongSupplier nanoClock;
    private double lastBytes;
    private long lastGrowthNanos;

    BrokerContact(DoubleSupplier bytesReceived, LongSupplier nanoClock) {
        this.bytesReceived = bytesReceived;
        this.nanoClock = nanoClock;
        this.lastGrowthNanos = nanoClock.getAsLong() - LONGEST_SILENCE.toNanos();
    }

    static BrokerContact of(Consumer<?, ?> consumer) {
        return new BrokerContact(() -> bytes(consumer), System::nanoTime);
    }

    /** Silence is measured from the last look that found more bytes than the one before. */
    synchronized void look() {
        double bytes = bytesReceived.getAsDouble();
        if (bytes > lastBytes) {
            lastBytes = bytes;
            lastGrowthNanos = nanoClock.getAsLong();
        }
    }

    synchronized boolean isRecent() {
        look();
        return nanoClock.getAsLong() - lastGrowthNanos < LONGEST_SILENCE.toNanos();
    }

    private static double bytes(Consumer<?, ?> consumer) {
        return consumer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(BYTES)
                        && metric.getKey().group().equals(GROUP))
                .mapToDouble(metric -> (double) metric.getValue().metricValue())
                .sum();
    }
}
