package org.ionstream.producer;

import java.util.NoSuchElementException;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import org.ionstream.schemas.message.StimulusProtocol;

/** Takes from a source as long as a condition on the number taken so far holds; asked once per protocol. */
final class LimitedSource implements ProtocolSource {
    private final ProtocolSource source;
    private final LongPredicate goesOn;
    private long taken;
    private boolean granted;
    private boolean ended;

    LimitedSource(ProtocolSource source, LongPredicate goesOn) {
        this.source = source;
        this.goesOn = goesOn;
    }

    static LimitedSource lasting(ProtocolSource source, long durationNanos, LongSupplier nanoTime) {
        long[] startNanos = new long[1];
        return new LimitedSource(source, taken -> {
            if (taken == 0) {
                startNanos[0] = nanoTime.getAsLong();
            }
            return nanoTime.getAsLong() - startNanos[0] < durationNanos;
        });
    }

    /** What is granted here is not taken back by a clock that runs on before {@link #next}. */
    @Override
    public boolean hasNext() {
        if (!granted && !ended) {
            granted = goesOn.test(taken) && source.hasNext();
            ended = !granted;
        }
        return granted;
    }

    @Override
    public StimulusProtocol next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the source ended after %d protocols".formatted(taken));
        }
        granted = false;
        taken++;
        return source.next();
    }

    @Override
    public void close() {
        source.close();
    }
}
