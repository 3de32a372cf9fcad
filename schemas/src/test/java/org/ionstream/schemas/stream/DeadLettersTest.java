package org.ionstream.schemas.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private static final byte[] KEY = "p1".getBytes(StandardCharsets.UTF_8);

    private final Topics topics = Topics.standard();

    @Test
    void shouldKeepKeyAndBytesAndSayWhyAndWhence() {
        ConsumerRecord<byte[], byte[]> received = received(KEY, new byte[] {1, 2, 3});

        Outgoing letter = DeadLetters.letter(topics.stimuli, received, "reference", "no such thing");

        assertThat(letter.topic()).isEqualTo("ionstream.stimuli.v1.dlq");
        assertThat(letter.key()).isEqualTo(KEY);
        assertThat(letter.value()).containsExactly(1, 2, 3);
        assertThat(letter.headers())
                .containsEntry(DeadLetters.REASON, "no such thing")
                .containsEntry(DeadLetters.STAGE, "reference")
                .containsEntry(DeadLetters.ORIGIN, "ionstream.stimuli.v1-2@17")
                .containsKey(DeadLetters.AT);
    }

    @Test
    void shouldKeepARecordOfTheLargestSizeATopicHolds() {
        ConsumerRecord<byte[], byte[]> received = received(KEY, new byte[1 << 20]);

        Outgoing letter = DeadLetters.letter(topics.stimuli, received, "reference", "r".repeat(1 << 20));

        assertThat(letter.value()).hasSize(1 << 20);
        assertThat(letter.headers().get(DeadLetters.REASON)).hasSizeLessThan(3000);
    }

    @Test
    void shouldKeepOnlyTheOriginOfARecordTooLargeToSend() {
        ConsumerRecord<byte[], byte[]> received = received(KEY, new byte[KafkaSettings.LARGEST_RECORD_BYTES]);

        Outgoing letter = DeadLetters.letter(topics.stimuli, received, "reference", "not a message");

        assertThat(letter.value()).isNull();
        assertThat(letter.headers())
                .containsEntry(DeadLetters.REASON, "its 4194306 bytes are too many to keep; not a message")
                .containsEntry(DeadLetters.ORIGIN, "ionstream.stimuli.v1-2@17");
    }

    @Test
    void shouldKeepTheEventAndTheTraceThatTheRecordCameWith() {
        ConsumerRecord<byte[], byte[]> received = received(KEY, new byte[] {1, 2, 3});
        String parent = TraceContext.begun().parent();
        received.headers().add("traceparent", parent.getBytes(StandardCharsets.UTF_8));
        received.headers().add("ce_id", "e1".getBytes(StandardCharsets.UTF_8));
        received.headers().add("tracestate", new byte[10_000]);
        received.headers().add("other", new byte[] {-1});

        Outgoing letter = DeadLetters.letter(topics.stimuli, received, "reference", "no such thing");

        assertThat(letter.headers())
                .containsEntry("traceparent", parent)
                .containsEntry("ce_id", "e1")
                .containsEntry(DeadLetters.REASON, "no such thing")
                .doesNotContainKeys("tracestate", "other", "ce_type");
        assertThat(letter.toRecord().headers().toArray())
                .hasSize(letter.headers().size());
    }

    private ConsumerRecord<byte[], byte[]> received(byte[] key, byte[] value) {
        return new ConsumerRecord<>(
                topics.stimuli.name(),
                2,
                17,
                0,
                TimestampType.CREATE_TIME,
                key.length,
                value.length,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
