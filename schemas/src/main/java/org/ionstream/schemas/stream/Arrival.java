package org.ionstream.schemas.stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a record says beside its message.
 *
 * @param atMs Kafka timestamp
 * @param trace that the record is a span of; what it causes are others of the same
 */
public record Arrival(long atMs, TraceContext trace) {
    static Arrival of(ConsumerRecord<?, ?> received) {
        return new Arrival(received.timestamp(), TraceContext.of(received.headers()));
    }

    /** Of what did not come from a topic. */
    public static Arrival at(long atMs) {
        return new Arrival(atMs, TraceContext.begun());
    }
}
