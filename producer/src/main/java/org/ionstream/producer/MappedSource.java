package org.ionstream.producer;

import java.util.function.UnaryOperator;
import org.ionstream.schemas.message.StimulusProtocol;

/** A source whose protocols are changed on the way. */
final class MappedSource implements ProtocolSource {
    private final ProtocolSource source;
    private final UnaryOperator<StimulusProtocol> change;

    MappedSource(ProtocolSource source, UnaryOperator<StimulusProtocol> change) {
        this.source = source;
        this.change = change;
    }

    @Override
    public boolean hasNext() {
        return source.hasNext();
    }

    @Override
    public StimulusProtocol next() {
        return change.apply(source.next());
    }

    @Override
    public void close() {
        source.close();
    }
}
