package org.ionstream.schemas.stream;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.ionstream.schemas.wire.AvroWire;

/**
 * A topic: its name, what is on it, how it is kept.
 *
 * @param <T> message class
 * @param name full name with prefix
 * @param key what its keys are, for people
 * @param wire encodes and decodes its values
 * @param partitioned true: as many partitions as the installation has, equal for all such topics so that they can be
 *     joined; false: one, in total order
 * @param configuration Kafka topic settings
 */
public record Topic<T extends SpecificRecord>(
        String name, String key, AvroWire<T> wire, boolean partitioned, Map<String, String> configuration) {

    /** Begins a trace; {@link Outgoing#causedBy} puts it into another. */
    public Outgoing message(String key, T value) {
        return new Outgoing(
                name,
                key.getBytes(StandardCharsets.UTF_8),
                wire.encode(value),
                Map.of(),
                Optional.of(new Outgoing.Event(value, TraceContext.begun())));
    }

    /** Of the message class in a schema registry. */
    public String subject() {
        return subject(name);
    }

    /** Confluent's TopicNameStrategy: the subject is the topic with a suffix. */
    static String subject(String topic) {
        return topic + "-value";
    }

    public String deadLetters() {
        return name + ".dlq";
    }
}
