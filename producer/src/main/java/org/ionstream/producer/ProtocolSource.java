package org.ionstream.producer;

import java.time.Duration;
import java.util.Iterator;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.ionstream.schemas.message.StimulusProtocol;

/**
 * Stimulus protocols one after another, endless or not. One thread reads a source; whoever opened it closes it.
 *
 * <p>Sources are put together: {@code paper.limit(1_000).then(pacing)} changes the distribution after 1,000 protocols.
 */
public interface ProtocolSource extends Iterator<StimulusProtocol>, AutoCloseable {
    @Override
    default void close() {}

    static ProtocolSource of(Iterable<StimulusProtocol> protocols) {
        Iterator<StimulusProtocol> iterator = protocols.iterator();
        return new ProtocolSource() {
            @Override
            public boolean hasNext() {
                return iterator.hasNext();
            }

            @Override
            public StimulusProtocol next() {
                return iterator.next();
            }
        };
    }

    static ProtocolSource endless(Supplier<StimulusProtocol> protocols) {
        return new ProtocolSource() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public StimulusProtocol next() {
                return protocols.get();
            }
        };
    }

    /** The first protocols only. */
    default ProtocolSource limit(long count) {
        return new LimitedSource(this, taken -> taken < count);
    }

    /**
     * The protocols asked for within a time, which begins with the first question.
     *
     * @param nanoTime the clock, e.g. {@code System::nanoTime}
     */
    default ProtocolSource lasting(Duration duration, LongSupplier nanoTime) {
        return LimitedSource.lasting(this, duration.toNanos(), nanoTime);
    }

    /** These protocols and, when they have ended, the next ones. */
    default ProtocolSource then(ProtocolSource next) {
        return new JoinedSource(this, next);
    }

    /** Every protocol changed, e.g. sent by another route. */
    default ProtocolSource map(UnaryOperator<StimulusProtocol> change) {
        return new MappedSource(this, change);
    }
}
