package org.ionstream.schemas.stream;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Bounds the bytes of one poll. Kafka's own limits are on compressed bytes, so that a poll of some hundred records of a few
 * kilobytes each may unfold to more than there is memory, and again after each restart. What goes beyond the limit is left
 * unread and polled again; the first record of a poll is always read.
 *
 * <p>It is the deserializer of a consumer's values, which are unfolded one at a time as they are handed over. Not thread-safe:
 * of the thread that owns the consumer.
 */
final class PollLimit implements Deserializer<byte[]> {
    /** A batch of protocols has a few megabytes. */
    static final int LARGEST_POLL_BYTES = 32 << 20;

    /** In the place of a value that is not read now. */
    private static final byte[] LATER = {};

    private long bytes;
    private boolean isFull;

    ConsumerRecords<byte[], byte[]> poll(Consumer<byte[], byte[]> consumer, Duration longest) {
        bytes = 0;
        isFull = false;
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(longest);
        return isFull ? read(polled, consumer) : polled;
    }

    @Override
    public byte[] deserialize(String topic, Headers headers, ByteBuffer value) {
        if (value == null) {
            return null;
        }
        isFull |= bytes > 0 && bytes + value.remaining() > LARGEST_POLL_BYTES;
        if (isFull) {
            return LATER;
        }
        bytes += value.remaining();
        byte[] copy = new byte[value.remaining()];
        value.get(copy);
        return copy;
    }

    @Override
    public byte[] deserialize(String topic, byte[] value) {
        return deserialize(topic, null, value == null ? null : ByteBuffer.wrap(value));
    }

    /** Each partition up to the first record that was left; the consumer goes on from there. */
    private static ConsumerRecords<byte[], byte[]> read(
            ConsumerRecords<byte[], byte[]> polled, Consumer<byte[], byte[]> consumer) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> read = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(polled.nextOffsets());
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> before = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> received : polled.records(partition)) {
                if (received.value() == LATER) {
                    consumer.seek(partition, received.offset());
                    next.put(partition, new OffsetAndMetadata(received.offset(), received.leaderEpoch(), ""));
                    break;
                }
                before.add(received);
            }
            if (before.isEmpty()) {
                next.remove(partition);
            } else {
                read.put(partition, before);
            }
        }
        return new ConsumerRecords<>(read, next);
    }
}
