package org.ionstream.standalone.broker;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/** Waits for what the broker says, with a limit. */
public final class Answers {
    private static final int LONGEST_S = 15;

    private Answers() {}

    /** @throws KafkaException why there is no answer */
    public static <T> T of(KafkaFuture<T> future) {
        try {
            return future.get(LONGEST_S, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException("no answer in %d s".formatted(LONGEST_S), e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
