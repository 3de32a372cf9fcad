package org.ionstream.standalone.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.ionstream.schemas.stream.DeadLetters;
import org.ionstream.schemas.stream.EventHeaders;
import org.ionstream.schemas.stream.Outgoing;

/**
 * A record that a stage could not understand, as it lies on a dead-letter topic.
 *
 * @param topic that it was read from
 * @param place on the dead-letter topic, partition@offset
 * @param at when it was put there, as the stage wrote it
 * @param stage that could not understand it
 * @param origin where it was, topic-partition@offset
 * @param reason why
 * @param key as it was; null: none
 * @param value as it was; null: none, or too large to be kept
 * @param headers of an event that it came with
 */
public record DeadLetter(
        String topic,
        String place,
        String at,
        String stage,
        String origin,
        String reason,
        byte[] key,
        byte[] value,
        Map<String, String> headers) {

    /** Empty: the record is not a letter but the note that one was replayed. */
    public static Optional<DeadLetter> read(String topic, ConsumerRecord<byte[], byte[]> found) {
        return found.headers().lastHeader(DeadLetterLook.REPLAYED) == null
                ? Optional.of(of(topic, found))
                : Optional.empty();
    }

    private static DeadLetter of(String topic, ConsumerRecord<byte[], byte[]> found) {
        return new DeadLetter(
                topic,
                place(found),
                text(found, DeadLetters.AT),
                text(found, DeadLetters.STAGE),
                text(found, DeadLetters.ORIGIN),
                text(found, DeadLetters.REASON),
                found.key(),
                found.value(),
                EventHeaders.of(found.headers()));
    }

    /** As it came to its topic. */
    Outgoing again() {
        return new Outgoing(topic, key, value, headers);
    }

    static String place(ConsumerRecord<byte[], byte[]> found) {
        return "%d@%d".formatted(found.partition(), found.offset());
    }

    private static String text(ConsumerRecord<byte[], byte[]> found, String name) {
        return Optional.ofNullable(found.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .orElse("");
    }

    public int bytes() {
        return value == null ? 0 : value.length;
    }
}
