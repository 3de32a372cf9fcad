package org.ionstream.reference;

import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.AuditRequest;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.ProtocolLimits;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.Arrival;
import org.ionstream.schemas.stream.Inlet;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.wire.UnreadableMessageException;

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
    public static Inlet<StimulusProtocol, ReferenceRequest> protocols(
            Topic<StimulusProtocol> stimuli, ProtocolLimits limits) {
        return Inlet.readingAlong(
                stimuli,
                (protocol, arrival) ->
                        new ReferenceRequest(Stimulus.of(protocol, limits), AuditReason.UNIFORM, false, arrival, ""));
    }

    /** Of the surrogate; the dead letters of the topic are written here. */
    public static Inlet<AuditRequest, ReferenceRequest> audits(Topic<AuditRequest> audits, ProtocolLimits limits) {
        return new Inlet<>(audits, (audit, arrival) -> {
            check(audit);
            return new ReferenceRequest(
                    Stimulus.of(audit.getProtocol(), limits),
                    audit.getReason(),
                    audit.getAnswerWanted(),
                    new Arrival(audit.getPublishedAtMs(), arrival.trace()),
                    audit.getModelId());
        });
    }

    /** What no surrogate asks: it would be left unanswered, or answered with more than a record holds. */
    private static void check(AuditRequest audit) {
        if (audit.getReason() == AuditReason.UNIFORM) {
            throw new UnreadableMessageException(
                    "audit request with reason UNIFORM, which is for what the reference takes by itself; give another reason");
        }
        int length = audit.getModelId().length();
        if (length > ProtocolLimits.LONGEST_ID) {
            throw new UnreadableMessageException(
                    "audit request with a model id of %d characters; at most %d are carried"
                            .formatted(length, ProtocolLimits.LONGEST_ID));
        }
    }
}
