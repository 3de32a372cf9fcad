package org.ionstream.producer.client;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ionstream.producer.KafkaSender;
import org.ionstream.producer.PublishFailedException;
import org.ionstream.producer.Sender;
import org.ionstream.producer.watch.ResultPrinter;
import org.ionstream.producer.watch.WatchedTopic;
import org.ionstream.producer.watch.Watcher;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.stream.TraceContext;

/**
 * Asks an installation from within another program: a protocol out, a future of its prediction back. As many protocols as the
 * settings allow wait at a time, each for a bounded time. May be used from any threads.
 */
public final class IonstreamClient implements AutoCloseable {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    /**
     * @param kafka the broker
     * @param topics of the installation
     * @param mostPending protocols that wait for their predictions; one more waits for room
     * @param longestWait for room, and for a prediction
     */
    public record Settings(KafkaSettings kafka, Topics topics, int mostPending, Duration longestWait) {
        public Settings {
            if (mostPending < 1 || longestWait.isNegative() || longestWait.isZero()) {
                throw new IllegalArgumentException(
                        "%d pending, longest wait %s; both must be positive".formatted(mostPending, longestWait));
            }
        }

        /** With the standard topics, 1,000 pending and half a minute. */
        public static Settings at(String bootstrapServers) {
            return new Settings(KafkaSettings.at(bootstrapServers), Topics.standard(), 1_000, Duration.ofSeconds(30));
        }
    }

    private final Settings settings;
    private final Sender sender;
    private final Watcher watcher;
    private final Thread reader;
    private final Semaphore free;
    private final Map<String, CompletableFuture<Prediction>> pending = new ConcurrentHashMap<>();
    private final List<Consumer<Prediction>> listeners = new CopyOnWriteArrayList<>();
    private volatile String stopped = "";

    /** @throws IllegalStateException if the topics do not exist or no broker answers */
    public IonstreamClient(Settings settings) {
        this.settings = settings;
        this.free = new Semaphore(settings.mostPending());
        this.watcher = new Watcher(settings.kafka(), settings.topics(), EnumSet.of(WatchedTopic.PREDICTIONS), false);
        this.sender = new KafkaSender(settings.kafka());
        this.reader = new Thread(this::read, "ionstream-client");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Publishes a protocol. Waits while too many are pending.
     *
     * @return its prediction; fails with a {@link java.util.concurrent.TimeoutException} after the longest wait, with a
     *     {@link PublishFailedException} if the broker does not take the protocol; cancelled, it is no longer waited for
     * @throws org.ionstream.schemas.protocol.InvalidProtocolException if the protocol breaks a rule
     * @throws IllegalArgumentException if a protocol of the same id is pending
     * @throws IllegalStateException if the client is closed, or there is no room after the longest wait
     * @throws InterruptedException while it waits for room
     */
    public CompletableFuture<Prediction> ask(StimulusProtocol protocol) throws InterruptedException {
        Stimulus.of(protocol);
        return ask(protocol.getId(), settings.topics().stimuli.message(protocol.getId(), protocol));
    }

    /**
     * The same within a trace of the caller's, which goes on to the prediction.
     *
     * @param cause see {@link TraceContext#parse}; the record of the protocol is its child
     */
    public CompletableFuture<Prediction> ask(StimulusProtocol protocol, TraceContext cause)
            throws InterruptedException {
        Stimulus.of(protocol);
        return ask(
                protocol.getId(),
                settings.topics().stimuli.message(protocol.getId(), protocol).causedBy(cause));
    }

    private CompletableFuture<Prediction> ask(String id, Outgoing message) throws InterruptedException {
        long longestMs = settings.longestWait().toMillis();
        if (!free.tryAcquire(longestMs, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("%d protocols are pending for %s; ask more slowly, or allow more"
                    .formatted(settings.mostPending(), settings.longestWait()));
        }
        CompletableFuture<Prediction> answer = new CompletableFuture<>();
        if (pending.putIfAbsent(id, answer) != null) {
            free.release();
            throw new IllegalArgumentException("protocol '%s' is pending already; give each its own id".formatted(id));
        }
        answer.orTimeout(longestMs, TimeUnit.MILLISECONDS).whenComplete((prediction, failure) -> {
            pending.remove(id, answer);
            free.release();
        });
        if (!stopped.isEmpty()) {
            IllegalStateException refusal = new IllegalStateException(stopped);
            answer.completeExceptionally(refusal);
            throw refusal;
        }
        sender.send(message, failure -> {
            if (failure != null) {
                answer.completeExceptionally(new PublishFailedException(
                        "protocol '%s' was not taken: %s".formatted(id, failure.getMessage()), failure));
            }
        });
        return answer;
    }

    /** Calls back with every prediction from now on, whoever asked, on the client's own thread; it should be quick. */
    public void onPrediction(Consumer<Prediction> listener) {
        listeners.add(listener);
    }

    /** Protocols that wait for their predictions. */
    public int pending() {
        return pending.size();
    }

    /** Ends the reading; what is still pending fails. */
    @Override
    public void close() {
        stop("the client is closed");
        watcher.stop();
        try {
            reader.join(LONGEST_STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sender.close();
    }

    private void read() {
        try (watcher) {
            watcher.watch(new Arrivals(), 0);
        } catch (RuntimeException e) {
            stop("the client has stopped: %s; open another".formatted(e));
            throw e;
        }
    }

    private void stop(String why) {
        if (stopped.isEmpty()) {
            stopped = why;
        }
        pending.values().forEach(answer -> answer.completeExceptionally(new IllegalStateException(stopped)));
    }

    /** Predictions on their way to those who wait for them. */
    private final class Arrivals implements ResultPrinter {
        @Override
        public void print(Prediction prediction) {
            CompletableFuture<Prediction> waiting = pending.get(prediction.getId());
            if (waiting != null) {
                waiting.complete(prediction);
            }
            listeners.forEach(listener -> listener.accept(prediction));
        }

        @Override
        public void print(Discrepancy discrepancy) {
            throw new IllegalStateException("discrepancies are not watched");
        }
    }
}
