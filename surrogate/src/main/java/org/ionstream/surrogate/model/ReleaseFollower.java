package org.ionstream.surrogate.model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.stream.DeadLetters;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.UnreadableMessageException;
import org.ionstream.surrogate.fno.UnusableModelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the releases from the beginning and follows them; a new champion is loaded and warmed on this thread and then
 * offered. A release that must not be served goes to the dead-letter topic, and the champion before it keeps serving. A
 * release that is in the log at start and bad is refused again at each start, as nothing else remembers it.
 *
 * <p>Of the releases of one key that arrive together, as all do at start, only the newest good one is loaded.
 *
 * <p>One thread runs it; {@link #stop}, {@link #isReady}, {@link #awaitReady} and {@link #refused} are for the others.
 */
public final class ReleaseFollower implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseFollower.class);
    private static final String STAGE = "surrogate-releases";
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Releases of one key tried, newest first, before giving up on those that arrived together. */
    private static final int FALLBACKS = 16;

    /** How to connect; each is closed by the follower and made anew after a fault. */
    record Clients(Supplier<Consumer<byte[], byte[]>> readers, Supplier<Producer<byte[], byte[]>> deadLetters) {}

    private final Topics topics;
    private final TopicPartition partition;
    private final Clients clients;
    private final ReleaseLoader loader;
    private final Champions champions;
    private final CountDownLatch settled = new CountDownLatch(1);
    private final LongAdder refused = new LongAdder();
    private volatile boolean stopping;
    private volatile boolean caughtUp;
    private long nextOffset;

    ReleaseFollower(Topics topics, Clients clients, ReleaseLoader loader, Champions champions) {
        this.topics = topics;
        this.partition = new TopicPartition(topics.models.name(), 0);
        this.clients = clients;
        this.loader = loader;
        this.champions = champions;
    }

    public static ReleaseFollower at(KafkaSettings kafka, Topics topics, ReleaseLoader loader, Champions champions) {
        Clients clients =
                new Clients(() -> new KafkaConsumer<>(kafka.reader()), () -> new KafkaProducer<>(kafka.producer()));
        return new ReleaseFollower(topics, clients, loader, champions);
    }

    /** True once every release that was in the log at start is served or refused. */
    public boolean isReady() {
        return caughtUp;
    }

    /** @return false if the follower ended before it was ready */
    public boolean awaitReady() throws InterruptedException {
        settled.await();
        return caughtUp;
    }

    /** Releases sent to the dead-letter topic so far. */
    public long refused() {
        return refused.sum();
    }

    public void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                try (Consumer<byte[], byte[]> reader = clients.readers().get();
                        Producer<byte[], byte[]> deadLetters =
                                clients.deadLetters().get()) {
                    follow(reader, deadLetters);
                } catch (InterruptException e) {
                    LOG.info("{} interrupted, stopping", STAGE);
                    return;
                } catch (KafkaException e) {
                    LOG.warn("{} lost its broker, goes on from {}@{} in {}", STAGE, partition, nextOffset, PAUSE, e);
                    Thread.sleep(PAUSE.toMillis());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            settled.countDown();
        }
    }

    private void follow(Consumer<byte[], byte[]> reader, Producer<byte[], byte[]> deadLetters) {
        reader.assign(List.of(partition));
        reader.seek(partition, nextOffset);
        long end = reader.endOffsets(List.of(partition)).get(partition);
        List<ConsumerRecord<byte[], byte[]>> arrived = new ArrayList<>();
        while (!stopping) {
            reader.poll(POLL).forEach(arrived::add);
            if (reader.position(partition) < end) {
                continue;
            }
            take(arrived, deadLetters);
            arrived.clear();
            nextOffset = reader.position(partition);
            if (!caughtUp) {
                LOG.info(
                        "releases read up to {}@{}: {}",
                        partition,
                        nextOffset,
                        champions.releases().keySet());
                caughtUp = true;
                settled.countDown();
            }
        }
    }

    private void take(List<ConsumerRecord<byte[], byte[]>> arrived, Producer<byte[], byte[]> deadLetters) {
        Map<String, List<ConsumerRecord<byte[], byte[]>>> newestFirst = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> received : arrived) {
            newestFirst.computeIfAbsent(key(received), key -> new ArrayList<>()).add(0, received);
        }
        for (List<ConsumerRecord<byte[], byte[]>> ofOneKey : newestFirst.values()) {
            for (ConsumerRecord<byte[], byte[]> received : ofOneKey.subList(0, Math.min(FALLBACKS, ofOneKey.size()))) {
                if (accepted(received, deadLetters)) {
                    break;
                }
            }
        }
    }

    private boolean accepted(ConsumerRecord<byte[], byte[]> received, Producer<byte[], byte[]> deadLetters) {
        try {
            ModelRelease release = topics.models.wire().decode(received.value());
            String key = Champion.key(release.getCellModel(), release.getAlias());
            if (!key.equals(key(received))) {
                throw new UnusableModelException(
                        "a release of %s under the key '%s'; release it again".formatted(key, key(received)));
            }
            if (release.getAlias().equals(Champion.ALIAS)) {
                champions.offer(loader.load(release));
            }
            return true;
        } catch (UnreadableMessageException | UnusableModelException e) {
            refuse(received, e, deadLetters);
            return false;
        }
    }

    private void refuse(
            ConsumerRecord<byte[], byte[]> received, RuntimeException reason, Producer<byte[], byte[]> deadLetters) {
        LOG.warn(
                "release {}@{} of {} is not served, the champion before it keeps serving: {}",
                partition,
                received.offset(),
                key(received),
                reason.getMessage());
        try {
            deadLetters
                    .send(DeadLetters.letter(topics.models, received, STAGE, reason.getMessage())
                            .toRecord())
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RecordTooLargeException)) {
                throw new KafkaException("dead letter not accepted", e.getCause());
            }
            LOG.warn(
                    "the release is too large for a dead letter: {}",
                    e.getCause().getMessage());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        refused.increment();
    }

    private static String key(ConsumerRecord<byte[], byte[]> received) {
        return received.key() == null ? "" : new String(received.key(), StandardCharsets.UTF_8);
    }
}
