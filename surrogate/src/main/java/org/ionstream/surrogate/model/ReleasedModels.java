package org.ionstream.surrogate.model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.UnreadableMessageException;

/** The trusted releases on the log as they are now, for a command that looks once. Thread-safe: each look has its own consumer. */
public final class ReleasedModels {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(1);

    private final Topics topics;
    private final TopicPartition partition;
    private final ReleaseKeys keys;
    private final Supplier<Consumer<byte[], byte[]>> readers;

    ReleasedModels(Topics topics, ReleaseKeys keys, Supplier<Consumer<byte[], byte[]>> readers) {
        this.topics = topics;
        this.partition = new TopicPartition(topics.models.name(), 0);
        this.keys = keys;
        this.readers = readers;
    }

    public static ReleasedModels at(KafkaSettings kafka, Topics topics, ReleaseKeys keys) {
        return new ReleasedModels(topics, keys, () -> new KafkaConsumer<>(kafka.reader()));
    }

    /**
     * The newest release of a cell model's champion that can be read.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker is lost
     */
    public Optional<ModelRelease> champion(String cellModel) {
        return Optional.ofNullable(of(cellModel).get(Champion.ALIAS));
    }

    /**
     * Every model that was ever released for a cell model, in the order of their first release.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker is lost
     */
    public List<ModelRelease> history(String cellModel) {
        Map<String, ModelRelease> byAlias = of(cellModel);
        byAlias.remove(Champion.ALIAS);
        return List.copyOf(byAlias.values());
    }

    /** The newest release that a surrogate would not refuse, by alias. */
    private Map<String, ModelRelease> of(String cellModel) {
        Map<String, ModelRelease> byAlias = new LinkedHashMap<>();
        try (Consumer<byte[], byte[]> reader = readers.get()) {
            reader.assign(List.of(partition));
            reader.seekToBeginning(List.of(partition));
            long end = reader.endOffsets(List.of(partition)).get(partition);
            long deadline = System.nanoTime() + LONGEST_LOOK.toNanos();
            while (reader.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> received : reader.poll(POLL)) {
                    release(received)
                            .filter(release -> release.getCellModel().equals(cellModel))
                            .ifPresent(release -> byAlias.put(release.getAlias(), release));
                }
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("releases read up to %d of %d in %s in %s"
                            .formatted(reader.position(partition), end, partition, LONGEST_LOOK));
                }
            }
        }
        return byAlias;
    }

    /** Empty if a surrogate would refuse it. */
    private Optional<ModelRelease> release(ConsumerRecord<byte[], byte[]> received) {
        String key = received.key() == null ? "" : new String(received.key(), StandardCharsets.UTF_8);
        try {
            ModelRelease release = topics.models.wire().decode(received.value());
            return Optional.of(release)
                    .filter(keys::isTrusted)
                    .filter(read -> key.equals(Champion.key(read.getCellModel(), read.getAlias())));
        } catch (UnreadableMessageException e) {
            return Optional.empty(); // a dead letter already, from the surrogate
        }
    }
}
