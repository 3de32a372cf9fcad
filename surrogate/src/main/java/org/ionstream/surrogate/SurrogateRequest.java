package org.ionstream.surrogate;

import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.ProtocolLimits;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.Arrival;
import org.ionstream.schemas.stream.Inlet;
import org.ionstream.schemas.stream.Topic;

/**
 * A protocol to be answered.
 *
 * @param stimulus checked
 * @param arrival of the protocol
 */
public record SurrogateRequest(Stimulus stimulus, Arrival arrival) {
    /** Protocols from the topic; one that breaks the limits is unreadable. */
    public static Inlet<StimulusProtocol, SurrogateRequest> inlet(
            Topic<StimulusProtocol> stimuli, ProtocolLimits limits) {
        return new Inlet<>(
                stimuli, (protocol, arrival) -> new SurrogateRequest(Stimulus.of(protocol, limits), arrival));
    }
}
