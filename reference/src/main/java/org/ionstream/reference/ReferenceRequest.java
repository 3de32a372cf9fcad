package org.ionstream.reference;

import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.AuditRequest;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.ProtocolLimits;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.Inlet;
import org.ionstream.schemas.stream.Topic;

/**
 * A protocol that the reference may solve.
 *
 * @param stimulus checked
 * @param reason UNIFORM for every protocol of the stream, of which the stage takes its share; else why the surrogate asks
 * @param answerWanted the user has no prediction yet
 * @param publishedAtMs Kafka timestamp of the protocol
 * @param modelId champion that left the protocol to the reference; empty if there was none
 */
public record ReferenceRequest(
        Stimulus stimulus, AuditReason reason, boolean answerWanted, long publishedAtMs, String modelId) {

    /** Reads along: a protocol that breaks the limits is the surrogate's to refuse. */
    public static Inlet<StimulusProtocol, ReferenceRequest> protocols(
            Topic<StimulusProtocol> stimuli, ProtocolLimits limits) {
        return Inlet.readingAlong(
                stimuli,
                (protocol, atMs) ->
                        new ReferenceRequest(Stimulus.of(protocol, limits), AuditReason.UNIFORM, false, atMs, ""));
    }

    /** Of the surrogate; the dead letters of the topic are written here. */
    public static Inlet<AuditRequest, ReferenceRequest> audits(Topic<AuditRequest> audits, ProtocolLimits limits) {
        return new Inlet<>(
                audits,
                (audit, atMs) -> new ReferenceRequest(
                        Stimulus.of(audit.getProtocol(), limits),
                        audit.getReason(),
                        audit.getAnswerWanted(),
                        audit.getPublishedAtMs(),
                        audit.getModelId()));
    }
}
