package org.ionstream.producer;

import java.util.function.Consumer;
import org.ionstream.schemas.stream.Outgoing;

/** What those who publish need of a Kafka producer. */
public interface Sender extends AutoCloseable {
    /** @param done called once, possibly from another thread, with the failure or null */
    void send(Outgoing message, Consumer<Exception> done);

    /** Returns when {@code done} was called for everything sent. */
    void flush();

    @Override
    void close();
}
