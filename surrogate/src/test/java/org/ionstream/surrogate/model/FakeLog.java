package org.ionstream.surrogate.model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.Provenance;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;

/** Topics of one partition in memory, read through Kafka's own mock clients. */
final class FakeLog {
    static final FnoPredictor.Settings CPU = new FnoPredictor.Settings(ComputeDevice.CPU, 1, 4);
    static final Provenance PROVENANCE =
            new Provenance("", false, "{}", 7L, 10, 0, 0, 0.0, -1L, -1L, List.of(), 0.0, "0.1.0");

    final Topics topics = Topics.standard();
    final MockProducer<byte[], byte[]> deadLetters = producer();
    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
    private final List<MockConsumer<byte[], byte[]>> readers = new ArrayList<>();
    private final ReleaseKeys keys;
    private int faults;

    FakeLog() {
        this(ReleaseKeys.NONE);
    }

    FakeLog(ReleaseKeys keys) {
        this.keys = keys;
    }

    static MockProducer<byte[], byte[]> producer() {
        return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    ModelArtifacts artifacts() {
        return new ModelArtifacts(topics.modelArtifacts, this::reader, Duration.ofMillis(20), keys);
    }

    ReleaseFollower follower(Champions champions) {
        return new ReleaseFollower(
                topics,
                new ReleaseFollower.Clients(this::reader, () -> deadLetters),
                new ReleaseLoader(artifacts(), CPU),
                champions);
    }

    /** A whole, honest release. */
    synchronized ModelRelease release(byte[] onnx) {
        MockProducer<byte[], byte[]> producer = producer();
        long offset = size(topics.modelArtifacts);
        ModelRelease published;
        try (ModelPublisher publisher = new ModelPublisher(topics, artifacts(), keys, producer)) {
            published = publisher.publish(onnx, List.of(), PROVENANCE);
        }
        ModelRelease release =
                ModelRelease.newBuilder(published).setArtifactOffset(offset).build();
        for (ProducerRecord<byte[], byte[]> sent : producer.history()) {
            if (sent.topic().equals(topics.modelArtifacts)) {
                append(sent.topic(), sent.key(), sent.value());
            }
        }
        release(release);
        return release;
    }

    /** Only the release, whatever it claims. */
    void release(ModelRelease release) {
        String key = Champion.key(release.getCellModel(), release.getAlias());
        append(
                topics.models.name(),
                key.getBytes(StandardCharsets.UTF_8),
                topics.models.wire().encode(release));
    }

    synchronized void append(String topic, byte[] key, byte[] value) {
        TopicPartition partition = new TopicPartition(topic, 0);
        var ofTopic = records.computeIfAbsent(partition, any -> new ArrayList<>());
        var appended = new ConsumerRecord<>(topic, 0, ofTopic.size(), key, value);
        ofTopic.add(appended);
        for (MockConsumer<byte[], byte[]> reader : readers) {
            if (!reader.closed() && reader.assignment().contains(partition)) {
                reader.schedulePollTask(() -> reader.addRecord(appended));
            }
        }
    }

    /** The next readers fail at their first poll. */
    synchronized void breakNextReaders(int count) {
        faults = count;
    }

    synchronized long size(String topic) {
        return records.getOrDefault(new TopicPartition(topic, 0), List.of()).size();
    }

    synchronized Consumer<byte[], byte[]> reader() {
        MockConsumer<byte[], byte[]> reader = new MockConsumer<>("earliest");
        for (String topic : List.of(topics.models.name(), topics.modelArtifacts)) {
            TopicPartition partition = new TopicPartition(topic, 0);
            reader.updateBeginningOffsets(Map.of(partition, 0L));
            reader.updateEndOffsets(Map.of(partition, size(topic)));
        }
        if (faults > 0) {
            faults--;
            reader.setPollException(new KafkaException("broker lost"));
        }
        List<ConsumerRecord<byte[], byte[]>> there = new ArrayList<>();
        records.values().forEach(there::addAll);
        reader.schedulePollTask(() -> there.stream()
                .filter(record -> reader.assignment().contains(new TopicPartition(record.topic(), record.partition())))
                .forEach(reader::addRecord));
        readers.add(reader);
        return reader;
    }
}
