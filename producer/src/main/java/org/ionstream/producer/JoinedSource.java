package org.ionstream.producer;

import org.ionstream.schemas.message.StimulusProtocol;

/** One source after the other. */
final class JoinedSource implements ProtocolSource {
    private final ProtocolSource first;
    private final ProtocolSource second;

    JoinedSource(ProtocolSource first, ProtocolSource second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public boolean hasNext() {
        return first.hasNext() || second.hasNext();
    }

    @Override
    public StimulusProtocol next() {
        return first.hasNext() ? first.next() : second.next();
    }

    @Override
    public void close() {
        try (first;
                second) {
            // both are closed, also when the closing of one fails
        }
    }
}
