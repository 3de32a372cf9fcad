package org.ionstream.surrogate.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.surrogate.fno.UnusableModelException;

/**
 * The ONNX files on the log: chunks of one file under the keys {@code sha256/0}, {@code sha256/1}, ... in partition 0 of
 * their topic. Equal files share their chunks. Thread-safe: each fetch has a consumer of its own.
 */
public final class ModelArtifacts {
    /** Half of Kafka's default record limit. */
    static final int CHUNK_BYTES = 512 << 10;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONGEST_FETCH = Duration.ofMinutes(5);
    /** A release can become visible before the chunks of its own transaction, which are in another partition. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TopicPartition partition;
    private final Supplier<Consumer<byte[], byte[]>> readers;
    private final Duration patience;
    private final ReleaseKeys keys;

    ModelArtifacts(String topic, Supplier<Consumer<byte[], byte[]>> readers, Duration patience, ReleaseKeys keys) {
        this.partition = new TopicPartition(topic, 0);
        this.readers = readers;
        this.patience = patience;
        this.keys = keys;
    }

    /** @param keys whose releases are fetched */
    public static ModelArtifacts at(KafkaSettings kafka, Topics topics, ReleaseKeys keys) {
        return new ModelArtifacts(topics.modelArtifacts, () -> new KafkaConsumer<>(kafka.reader()), PATIENCE, keys);
    }

    /** Lower-case hexadecimal. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static int chunks(long bytes) {
        return Math.toIntExact((bytes + CHUNK_BYTES - 1) / CHUNK_BYTES);
    }

    /**
     * Sends a file within the producer's open transaction.
     *
     * @return offset of chunk 0
     */
    public long send(Producer<byte[], byte[]> producer, String sha256, byte[] bytes) {
        Future<RecordMetadata> first = null;
        for (int chunk = 0; chunk < chunks(bytes.length); chunk++) {
            byte[] value =
                    Arrays.copyOfRange(bytes, chunk * CHUNK_BYTES, Math.min(bytes.length, (chunk + 1) * CHUNK_BYTES));
            Future<RecordMetadata> sent = producer.send(
                    new ProducerRecord<>(partition.topic(), 0, ArtifactAssembly.key(sha256, chunk), value));
            first = first == null ? sent : first;
        }
        producer.flush();
        try {
            return first.get().offset();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /**
     * @return the file, complete and with the hash that the release names
     * @throws UnusableModelException if the release is not to be trusted, or the file is not there, incomplete or not the one
     *     released
     * @throws KafkaException if the broker is lost; another try may succeed
     */
    public byte[] fetch(ModelRelease release) {
        keys.check(release);
        ArtifactAssembly assembly = new ArtifactAssembly(release);
        try (Consumer<byte[], byte[]> reader = readers.get()) {
            reader.assign(List.of(partition));
            reader.seek(partition, release.getArtifactOffset());
            gather(reader, assembly);
        }
        return assembly.file();
    }

    private void gather(Consumer<byte[], byte[]> reader, ArtifactAssembly assembly) {
        long start = System.nanoTime();
        long lastFound = start;
        while (!assembly.isComplete()) {
            for (ConsumerRecord<byte[], byte[]> received : reader.poll(POLL)) {
                if (assembly.add(received)) {
                    lastFound = System.nanoTime();
                }
            }
            long now = System.nanoTime();
            if (!assembly.isComplete() && now - lastFound > patience.toNanos()) {
                checkMoreToCome(reader, assembly);
            }
            if (now - start > LONGEST_FETCH.toNanos()) {
                throw new TimeoutException(
                        "only %s fetched from %s in %s".formatted(assembly, partition, LONGEST_FETCH));
            }
        }
    }

    /** Asks the broker for the end of the log: one that is lost throws here, and the release is not blamed for it. */
    private void checkMoreToCome(Consumer<byte[], byte[]> reader, ArtifactAssembly assembly) {
        long end = reader.endOffsets(List.of(partition)).get(partition);
        if (reader.position(partition) >= end) {
            throw new UnusableModelException(
                    "only %s are in %s up to its end, %d; release it again".formatted(assembly, partition, end));
        }
    }
}
