package org.ionstream.schemas.stream;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Records that cannot be understood: kept with their key, their bytes, the headers of an event that they came with and, in
 * further headers, the reason and the origin.
 */
public final class DeadLetters {
    public static final String REASON = "ionstream-reason";
    public static final String STAGE = "ionstream-stage";
    public static final String ORIGIN = "ionstream-origin";
    public static final String AT = "ionstream-at";

    /** What each of its own headers is; it keeps those of the event too. */
    static final Map<String, String> DESCRIBED = Map.of(
            REASON, "why it could not be understood, and what to do",
            STAGE, "that could not understand it",
            ORIGIN, "topic, partition and offset of the record",
            AT, "RFC 3339, when it was set aside");

    /** Compressed bytes may unfold to more than a producer sends; of such a record only the origin is kept. */
    private static final int LARGEST_KEPT_BYTES = KafkaSettings.LARGEST_RECORD_BYTES * 3 / 4;

    private static final int LONGEST_REASON = 2_000;

    private DeadLetters() {}

    public static Outgoing letter(
            Topic<?> topic, ConsumerRecord<byte[], byte[]> received, String stage, String reason) {
        String origin = origin(received.topic(), received.partition(), received.offset());
        long bytes = (long) length(received.key()) + length(received.value());
        if (isTooLarge(bytes)) {
            String large = tooLarge(bytes, reason);
            return new Outgoing(topic.deadLetters(), null, null, headers(received.headers(), stage, origin, large));
        }
        Map<String, String> headers = headers(received.headers(), stage, origin, reason);
        return new Outgoing(topic.deadLetters(), received.key(), received.value(), headers);
    }

    /** Whether so many bytes of key and value are left out of the dead letter. */
    public static boolean isTooLarge(long bytes) {
        return bytes > LARGEST_KEPT_BYTES;
    }

    /** The reason, for a dead letter without key and value. */
    public static String tooLarge(long bytes, String reason) {
        return "its %d bytes are too many to keep; ".formatted(bytes) + reason;
    }

    /**
     * What every dead letter says of itself, and of the event that it came as.
     *
     * @param received headers, of which only the event's are kept: a sender might write notes of replays into others
     */
    public static Map<String, String> headers(Headers received, String stage, String origin, String reason) {
        Map<String, String> headers = new TreeMap<>(EventHeaders.of(received));
        headers.put(REASON, reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "...");
        headers.put(STAGE, stage);
        headers.put(ORIGIN, origin);
        headers.put(AT, Instant.now().toString());
        return headers;
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    public static String origin(String topic, int partition, long offset) {
        return "%s-%d@%d".formatted(topic, partition, offset);
    }
}
