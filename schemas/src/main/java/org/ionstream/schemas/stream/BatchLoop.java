package org.ionstream.schemas.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ionstream.schemas.wire.UnreadableMessageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a {@link Stage} exactly once per record: poll, answer, then send the answers and commit the offsets in one
 * transaction (KIP-447). One poll is one batch. It is committed at once if no more records wait; at full speed several share a
 * transaction ({@link BatchTransaction}). What cannot be understood goes to the dead-letter topic in the same transaction. If
 * the broker is lost or the transaction fails, both clients are made anew and all of it is read again.
 *
 * <p>One thread owns the loop, its clients and its stage.
 *
 * @param <R> request
 */
public final class BatchLoop<R> implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(BatchLoop.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /**
     * @param name of the stage: consumer group, log lines
     * @param kafka the broker
     * @param instance distinguishes processes of the same stage; part of the transactional id
     * @param largestBatch records per poll
     * @param mostBatches full ones that may share a transaction; 1 for a stage that may take long over a single one, as an open
     *     transaction ends by itself after a minute ({@code transaction.timeout.ms}) and holds up those who read behind it
     */
    public record Settings(String name, KafkaSettings kafka, String instance, int largestBatch, int mostBatches) {
        public Settings {
            if (largestBatch < 1 || mostBatches < 1) {
                throw new IllegalArgumentException("%d records a batch, %d batches a transaction of %s; take 1 at least"
                        .formatted(largestBatch, mostBatches, name));
            }
        }
    }

    /**
     * How to connect; both clients are closed by the loop and made anew after a fault.
     *
     * @param limit the deserializer of the consumers' values
     */
    record Clients(
            Supplier<Consumer<byte[], byte[]>> consumers,
            Supplier<Producer<byte[], byte[]>> producers,
            PollLimit limit) {
        static Clients of(Settings settings) {
            Properties consumer = settings.kafka().consumer(settings.name());
            consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.largestBatch());
            Properties producer = settings.kafka().transactionalProducer(settings.name() + "-" + settings.instance());
            PollLimit limit = new PollLimit();
            return new Clients(
                    () -> new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), limit),
                    () -> new KafkaProducer<>(producer),
                    limit);
        }
    }

    private final Settings settings;
    private final Clients clients;
    private final Map<String, Inlet<?, ? extends R>> inlets;
    private final Stage<R> stage;
    private final BatchWatch watch;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicBoolean assigned = new AtomicBoolean();
    private final AtomicReference<BrokerContact> contact = new AtomicReference<>();
    /** After the next fault; doubles from fault to fault until a transaction is committed. */
    private Duration pause = SHORTEST_PAUSE;
    /** False from a fault until the loop has caught up: what a slow batch has broken is then read in smaller parts. */
    private boolean mayShare = true;

    public BatchLoop(Settings settings, List<Inlet<?, ? extends R>> inlets, Stage<R> stage) {
        this(settings, inlets, stage, BatchWatch.NONE);
    }

    /** @param watch is told of every batch */
    public BatchLoop(Settings settings, List<Inlet<?, ? extends R>> inlets, Stage<R> stage, BatchWatch watch) {
        this(settings, Clients.of(settings), inlets, stage, watch);
    }

    BatchLoop(
            Settings settings, Clients clients, List<Inlet<?, ? extends R>> inlets, Stage<R> stage, BatchWatch watch) {
        this.settings = settings;
        this.clients = clients;
        this.inlets = inlets.stream()
                .collect(Collectors.toUnmodifiableMap(inlet -> inlet.topic().name(), Function.identity()));
        this.stage = stage;
        this.watch = watch;
    }

    /** Finishes the batch in hand, commits what is answered and returns from {@link #run}. */
    public void stop() {
        stopping.set(true);
    }

    /** True while partitions are assigned and the broker answers. */
    public boolean isReady() {
        BrokerContact present = contact.get();
        return assigned.get() && present != null && present.isRecent();
    }

    @Override
    public void run() {
        while (!stopping.get()) {
            try {
                runWithNewClients();
            } catch (WakeupException | InterruptException e) {
                LOG.info("{} interrupted, stopping", settings.name());
                return;
            } catch (AuthorizationException | AuthenticationException e) {
                throw new IllegalStateException(
                        "%s is refused by the broker: %s; give its principal the rights that ionstream acls prints"
                                .formatted(settings.name(), e.getMessage()),
                        e);
            } catch (KafkaException e) {
                mayShare = false;
                watch.failed();
                LOG.warn(
                        "{} lost its broker or its transaction, reads what it held again in {}: {}",
                        settings.name(),
                        pause,
                        e.toString());
                if (!sleep(pause)) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            } finally {
                assigned.set(false);
            }
        }
    }

    private void runWithNewClients() {
        try (Consumer<byte[], byte[]> consumer = clients.consumers().get();
                Producer<byte[], byte[]> producer = clients.producers().get()) {
            BrokerContact seen = BrokerContact.of(consumer);
            contact.set(seen);
            try (BatchWatch.Connection watched = watch.connected(consumer, producer)) {
                producer.initTransactions();
                consume(consumer, producer, seen);
            }
        }
    }

    private void consume(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer, BrokerContact seen) {
        try (BatchTransaction transaction = new BatchTransaction(consumer, producer, watch)) {
            consumer.subscribe(inlets.keySet(), transaction);
            while (!stopping.get()) {
                Duration wait = transaction.isOpen() ? Duration.ZERO : POLL;
                ConsumerRecords<byte[], byte[]> polled = clients.limit().poll(consumer, wait);
                seen.look();
                assigned.set(!consumer.assignment().isEmpty());
                answer(polled, transaction);
            }
            transaction.commit();
        }
    }

    /** A batch that is not full has found the end: who waits for its answers is not to wait for more. */
    private void answer(ConsumerRecords<byte[], byte[]> polled, BatchTransaction transaction) {
        boolean isFull = polled.count() >= settings.largestBatch();
        if (!polled.isEmpty()) {
            long beganNs = System.nanoTime();
            List<Outgoing> answers = answer(polled);
            transaction.add(polled, answers, Duration.ofNanos(System.nanoTime() - beganNs));
            mayShare |= !isFull;
        }
        if (!isFull || !mayShare || transaction.batches() >= settings.mostBatches() || transaction.isLong()) {
            if (transaction.commit()) {
                pause = SHORTEST_PAUSE;
            }
        }
    }

    private List<Outgoing> answer(ConsumerRecords<byte[], byte[]> polled) {
        List<R> batch = new ArrayList<>(polled.count());
        List<Outgoing> letters = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> received : polled) {
            Inlet<?, ? extends R> inlet = inlets.get(received.topic());
            try {
                batch.add(inlet.read(received));
            } catch (UnreadableMessageException e) {
                LOG.debug("unreadable {}-{}@{}", received.topic(), received.partition(), received.offset(), e);
                if (inlet.owner()) {
                    letters.add(DeadLetters.letter(inlet.topic(), received, settings.name(), e.getMessage()));
                }
            }
        }
        List<Outgoing> answers = new ArrayList<>(batch.isEmpty() ? List.of() : stage.answer(batch));
        answers.addAll(letters);
        return answers;
    }

    private static boolean sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
