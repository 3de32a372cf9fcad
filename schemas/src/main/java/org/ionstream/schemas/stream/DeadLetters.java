package org.ionstream.schemas.stream;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records that cannot be understood: kept with their key, their bytes and, in headers, the reason and the origin. */
public final class DeadLetters {
    public static final String REASON = "ionstream-reason";
    public static final String STAGE = "ionstream-stage";
    public static final String ORIGIN = "ionstream-origin";
    public static final String AT = "ionstream-at";

    private DeadLetters() {}

    public static Outgoing letter(
            Topic<?> topic, ConsumerRecord<byte[], byte[]> received, String stage, String reason) {
        String origin = origin(received.topic(), received.partition(), received.offset());
        return new Outgoing(topic.deadLetters(), received.key(), received.value(), headers(stage, origin, reason));
    }

    /** What every dead letter says of itself. */
    public static Map<String, String> headers(String stage, String origin, String reason) {
        Map<String, String> headers = new TreeMap<>();
        headers.put(REASON, reason);
        headers.put(STAGE, stage);
        headers.put(ORIGIN, origin);
        headers.put(AT, Instant.now().toString());
        return headers;
    }

    public static String origin(String topic, int partition, long offset) {
        return "%s-%d@%d".formatted(topic, partition, offset);
    }
}
