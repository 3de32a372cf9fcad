package org.ionstream.schemas.stream;

import java.util.function.BiFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ionstream.schemas.wire.UnreadableMessageException;

/**
 * A topic that a stage reads, and how its messages become the stage's requests.
 *
 * @param <M> message class
 * @param <R> what the stage works on
 * @param topic to read
 * @param understand message and its arrival to request; throws {@link UnreadableMessageException} for what
 *     breaks a rule
 * @param owner whether this stage writes the dead letters of the topic; one stage does, or a record would have two
 */
public record Inlet<M extends SpecificRecord, R>(Topic<M> topic, BiFunction<M, Arrival, R> understand, boolean owner) {

    /** Of the stage that answers the topic, and its dead letters. */
    public Inlet(Topic<M> topic, BiFunction<M, Arrival, R> understand) {
        this(topic, understand, true);
    }

    /** Of a stage that reads along: what it cannot understand is left to the owner. */
    public static <M extends SpecificRecord, R> Inlet<M, R> readingAlong(
            Topic<M> topic, BiFunction<M, Arrival, R> understand) {
        return new Inlet<>(topic, understand, false);
    }

    R read(ConsumerRecord<byte[], byte[]> received) {
        return understand.apply(topic.wire().decode(received.value()), Arrival.of(received));
    }
}
