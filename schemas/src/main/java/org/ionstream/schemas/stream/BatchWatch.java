package org.ionstream.schemas.stream;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Is told what a {@link BatchLoop} does, for those who measure. Called on the thread of the loop. */
public interface BatchWatch {
    /** Looks away. */
    BatchWatch NONE = new BatchWatch() {};

    /**
     * What one transaction has brought to the log: a batch, or several at full speed.
     *
     * @param records polled
     * @param sent answers and dead letters
     * @param answering time of the stage
     * @param committing time of the transaction: sending, compression included, and waiting for the broker
     */
    record Batch(int records, List<Outgoing> sent, Duration answering, Duration committing) {}

    /** Of a pair of clients; closed before they are. */
    interface Connection extends AutoCloseable {
        @Override
        void close();
    }

    /** New clients, also after each fault. */
    default Connection connected(Consumer<?, ?> consumer, Producer<?, ?> producer) {
        return () -> {};
    }

    default void committed(Batch batch) {}

    /** The transaction or the broker was lost; what was not committed is read again. */
    default void failed() {}
}
