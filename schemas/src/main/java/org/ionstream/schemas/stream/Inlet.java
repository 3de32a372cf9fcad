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
 * @param understand message and its Kafka timestamp to request; throws {@link UnreadableMessageException} for what
 *     breaks a rule
 */
public record Inlet<M extends SpecificRecord, R>(Topic<M> topic, BiFunction<M, Long, R> understand) {

    R read(ConsumerRecord<byte[], byte[]> received) {
        return understand.apply(topic.wire().decode(received.value()), received.timestamp());
    }
}
