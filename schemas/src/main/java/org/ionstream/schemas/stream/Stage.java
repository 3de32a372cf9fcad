package org.ionstream.schemas.stream;

import java.util.List;

/**
 * A step of the stream: a function from a batch of requests to records. It knows no clients and no clock of Kafka's, so a
 * test calls it with a list. It is called from one thread.
 *
 * @param <R> request
 */
@FunctionalInterface
public interface Stage<R> {
    /** @return what is sent, in one transaction with the offsets of the batch */
    List<Outgoing> answer(List<R> batch);
}
