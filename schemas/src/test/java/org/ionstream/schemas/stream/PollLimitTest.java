package org.ionstream.schemas.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Kafka's mock consumer has no deserializer: each record's value goes through the limit when it is polled. */
class PollLimitTest {
    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);
    private static final int MIB = 1 << 20;

    private final PollLimit limit = new PollLimit();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final List<String> log = new ArrayList<>();

    @Test
    void shouldReadAllThatFits() {
        give(FIRST, 10, 10, 10);

        ConsumerRecords<byte[], byte[]> polled = poll();

        assertThat(offsets(polled, FIRST)).containsExactly(0L, 1L, 2L);
        assertThat(next(polled)).containsEntry(FIRST, 3L);
    }

    @Test
    void shouldLeaveTheRestForTheNextPolls() {
        give(FIRST, 20, 10, 20, 1);

        ConsumerRecords<byte[], byte[]> polled = poll();

        assertThat(offsets(polled, FIRST)).containsExactly(0L, 1L);
        assertThat(next(polled)).containsEntry(FIRST, 2L);
        assertThat(consumer.position(FIRST)).isEqualTo(2);
    }

    @Test
    void shouldLeaveAWholePartition() {
        give(FIRST, 31);
        give(SECOND, 5, 1);

        ConsumerRecords<byte[], byte[]> polled = poll();

        assertThat(offsets(polled, FIRST)).containsExactly(0L);
        assertThat(next(polled)).containsExactly(Map.entry(FIRST, 1L));
        assertThat(consumer.position(SECOND)).isZero();
    }

    @Test
    void shouldAlwaysReadOneRecord() {
        give(FIRST, 40, 1);

        ConsumerRecords<byte[], byte[]> polled = poll();

        assertThat(offsets(polled, FIRST)).containsExactly(0L);
        assertThat(next(polled)).containsEntry(FIRST, 1L);
    }

    @Test
    void shouldCopyValuesAndLeaveNoneAsTheyAre() {
        byte[] value = {1, 2, 3};

        assertThat(limit.deserialize("t", null, ByteBuffer.wrap(value)))
                .isEqualTo(value)
                .isNotSameAs(value);
        assertThat(limit.deserialize("t", null, (ByteBuffer) null)).isNull();
        assertThat(limit.deserialize("t", null, ByteBuffer.allocate(0))).isEmpty();
    }

    /** @param mebibytes of each record */
    private void give(TopicPartition partition, int... mebibytes) {
        for (int size : mebibytes) {
            log.add(partition.partition() + " " + size);
        }
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        consumer.schedulePollTask(() -> {
            consumer.assign(List.of(FIRST, SECOND));
            consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
            long[] offsets = new long[2];
            for (String entry : log) {
                String[] parts = entry.split(" ");
                int partition = Integer.parseInt(parts[0]);
                byte[] value = limit.deserialize("t", null, ByteBuffer.allocate(MIB * Integer.parseInt(parts[1])));
                consumer.addRecord(new ConsumerRecord<>("t", partition, offsets[partition]++, null, value));
            }
        });
        return limit.poll(consumer, Duration.ofSeconds(1));
    }

    private static List<Long> offsets(ConsumerRecords<byte[], byte[]> polled, TopicPartition partition) {
        return polled.records(partition).stream().map(ConsumerRecord::offset).toList();
    }

    private static Map<TopicPartition, Long> next(ConsumerRecords<byte[], byte[]> polled) {
        return polled.nextOffsets().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> offset(entry.getValue())));
    }

    private static long offset(OffsetAndMetadata next) {
        return next.offset();
    }
}
