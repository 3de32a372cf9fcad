package org.ionstream.standalone;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.ionstream.schemas.stream.KafkaSettings;

/** Everything that is committed on a topic from its beginning, read as it grows. */
final class CommittedRecords implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    CommittedRecords(KafkaSettings kafka, String topic) {
        consumer = new KafkaConsumer<>(kafka.reader());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(found -> new TopicPartition(topic, found.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Returns when there are so many, or the time is over; then whatever there is, and nothing more came for a while. */
    List<ConsumerRecord<byte[], byte[]>> await(int count, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        while (records.size() < count && System.nanoTime() < end) {
            poll(Duration.ofMillis(100));
        }
        poll(Duration.ofMillis(500));
        return List.copyOf(records);
    }

    List<String> awaitKeys(int count, Duration longest) {
        return await(count, longest).stream()
                .map(found -> new String(found.key(), StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void poll(Duration time) {
        consumer.poll(time).forEach(records::add);
    }
}
