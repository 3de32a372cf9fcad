package org.ionstream.reference;

import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.AuditRequest;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.ProtocolLimits;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.Arrival;
import org.ionstream.schemas.stream.Inlet;
import org.ionstream.schemas.stream.Topic;

/**
 * A protocol that the reference may solve.
 *
 * @param stimulus checked
 * @param reason UNIFORM for every protocol of the stream, of which the stage takes its share; else why the surrogate asks
 * @param answerWanted the user has no prediction yet
 * @param arrival of the protocol; where the surrogate asks, with its Kafka timestamp and the trace of the audit request
 * @param modelId champion that left the protocol to the reference; empty if there was none
 */
public record ReferenceRequest(
        Stimulus stimulus, AuditReason reason, boolean answerWanted, Arrival arrival, String modelId) {

    /** Reads along: a protocol that breaks the limits is the surrogate's to refuse. */
    static Inlet<StimulusProtocol, ReferenceRequest> protocols(Topic<StimulusProtocol> stimuli, ProtocolLimits limits) {
        return Inlet.readingAlong(
                stimuli,
                (protocol, arrival) ->
                        new ReferenceRequest(Stimulus.of(protocol, limits), AuditReason.UNIFORM, false, arrival, ""));
    }

    static Inlet<AuditRequest, ReferenceRequest> audits(Topic<AuditRequest> audits, ProtocolLimits limits) {
        return new Inlet<>(
                audits,
                (audit, arrival) -> new ReferenceRequest(
                        Stimulus.of(audit.getProtocol(), limits),
                        audit.getReason(),
                        audit.getAnswerWanted(),
                        new Arrival(audit.getPublishedAtMs(), arrival.trace()),
                        audit.getModelId()));
    }
}
