package org.ionstream.surrogate;

import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.ProtocolLimits;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.Inlet;
import org.ionstream.schemas.stream.Topic;

/**
 * A protocol to be answered.
 *
 * @param stimulus checked
 * @param publishedAtMs Kafka timestamp of the protocol
 */
public record SurrogateRequest(Stimulus stimulus, long publishedAtMs) {
    /** Protocols from the topic; one that breaks the limits is unreadable. */
    public static Inlet<StimulusProtocol, SurrogateRequest> inlet(
            Topic<StimulusProtocol> stimuli, ProtocolLimits limits) {
        return new Inlet<>(
                stimuli,
                (protocol, publishedAtMs) -> new SurrogateRequest(Stimulus.of(protocol, limits), publishedAtMs));
    }
}
