package org.ionstream.producer;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;

/**
 * Publishes stimulus protocols at a rate, with a bound on those not yet acknowledged. A protocol that the broker does not
 * take is an exception, never a silent loss. One thread publishes; {@link #stop} and {@link #published} may be called from
 * any.
 */
public final class ProtocolPublisher implements AutoCloseable {
    /** How long a stop or a failure may go unseen. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /**
     * @param protocolsPerSecond 0: as fast as possible
     * @param count of protocols to send; 0: until the source ends or {@link #stop}
     * @param mostInFlight sent and not yet acknowledged
     * @param onlyValid a protocol that breaks a rule ends the publishing, instead of going to the dead-letter topic
     */
    public record Settings(double protocolsPerSecond, long count, int mostInFlight, boolean onlyValid) {
        public Settings {
            if (!(protocolsPerSecond >= 0) || Double.isInfinite(protocolsPerSecond) || count < 0 || mostInFlight < 1) {
                throw new IllegalArgumentException(
                        "rate %s per second, count %d, %d in flight; give a rate and a count from 0, at least 1 in flight"
                                .formatted(protocolsPerSecond, count, mostInFlight));
            }
        }
    }

    private record Failure(String id, Exception cause) {}

    private final Sender sender;
    private final Topic<StimulusProtocol> topic;
    private final Settings settings;
    private final Waiting waiting;
    private final Semaphore free;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<Failure> failure = new AtomicReference<>();
    private volatile boolean stopping;

    public ProtocolPublisher(KafkaSettings kafka, Topics topics, Settings settings) {
        this(new KafkaSender(kafka), topics.stimuli, settings, Waiting.SYSTEM);
    }

    ProtocolPublisher(Sender sender, Topic<StimulusProtocol> topic, Settings settings, Waiting waiting) {
        this.sender = sender;
        this.topic = topic;
        this.settings = settings;
        this.waiting = waiting;
        this.free = new Semaphore(settings.mostInFlight());
    }

    /**
     * Returns when the source has ended, the count is reached or {@link #stop} was called, and all that was sent is
     * acknowledged. The source is not closed.
     *
     * @return protocols acknowledged by the broker
     * @throws PublishFailedException if one was not
     * @throws org.ionstream.schemas.protocol.InvalidProtocolException if one breaks a rule and only valid ones are sent;
     *     those ahead of it are sent
     */
    public long publish(ProtocolSource source) {
        long before = acknowledged.get();
        SendingSchedule schedule = new SendingSchedule(settings.protocolsPerSecond(), waiting.nanoTime());
        ProtocolSource wanted = settings.count() == 0 ? source : source.limit(settings.count());
        while (awaitTime(schedule) && awaitRoom() && wanted.hasNext()) {
            StimulusProtocol protocol = wanted.next();
            if (settings.onlyValid()) {
                Stimulus.of(protocol);
            }
            send(protocol);
            schedule.sent(waiting.nanoTime());
        }
        flush();
        return acknowledged.get() - before;
    }

    /** Ends {@link #publish} soon. */
    public void stop() {
        stopping = true;
    }

    /** Protocols acknowledged by the broker so far. */
    public long published() {
        return acknowledged.get();
    }

    /** @throws PublishFailedException if a protocol was not acknowledged and {@link #publish} did not say so */
    @Override
    public void close() {
        try (sender) {
            flush();
        }
    }

    private boolean awaitTime(SendingSchedule schedule) {
        while (goesOn()) {
            long nanos = schedule.nanosUntilNext(waiting.nanoTime());
            if (nanos == 0) {
                return true;
            }
            waiting.sleep(Math.min(nanos, LONGEST_WAIT_NANOS));
        }
        return false;
    }

    private boolean awaitRoom() {
        while (goesOn()) {
            try {
                if (free.tryAcquire(LONGEST_WAIT_NANOS, TimeUnit.NANOSECONDS)) {
                    free.release(); // taken again in send: only this thread takes, so it is still there
                    return true;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return false;
    }

    private boolean goesOn() {
        throwFailure();
        return !stopping && !Thread.currentThread().isInterrupted();
    }

    private void send(StimulusProtocol protocol) {
        String id = protocol.getId();
        free.acquireUninterruptibly();
        try {
            sender.send(topic.message(id, protocol), cause -> answered(id, cause));
        } catch (KafkaException e) {
            answered(id, e);
        }
    }

    private void answered(String id, Exception cause) {
        if (cause == null) {
            acknowledged.incrementAndGet();
        } else {
            failure.compareAndSet(null, new Failure(id, cause));
        }
        free.release();
    }

    private void flush() {
        sender.flush();
        throwFailure();
    }

    private void throwFailure() {
        Failure failed = failure.getAndSet(null);
        if (failed != null) {
            stopping = true;
            throw new PublishFailedException(
                    "protocol '%s' was not taken by topic %s (%d others were): %s; check that the broker runs and the topic exists"
                            .formatted(
                                    failed.id(),
                                    topic.name(),
                                    acknowledged.get(),
                                    failed.cause().getMessage()),
                    failed.cause());
        }
    }
}
