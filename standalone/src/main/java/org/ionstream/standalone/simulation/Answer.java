package org.ionstream.standalone.simulation;

import java.util.Optional;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.message.Trajectory;
import org.ionstream.schemas.wire.Traces;

/**
 * What a protocol got.
 *
 * @param protocol as asked
 * @param prediction by the surrogate, or by the reference in its place
 * @param reference null: it was not asked
 * @param remark why the reference answered in place of the surrogate, or why the surrogate's answer is not to be relied on;
 *     empty if there is nothing to say
 */
public record Answer(StimulusProtocol protocol, Prediction prediction, ReferenceSolution reference, String remark) {
    public boolean isPredicted() {
        return prediction.getSource() == Source.SURROGATE;
    }

    /** The surrogate's trajectory. */
    public Optional<Traces> predicted() {
        return isPredicted() ? traces(prediction.getTrajectory()) : Optional.empty();
    }

    /** The reference's trajectory. */
    public Optional<Traces> solved() {
        return reference == null ? Optional.empty() : traces(reference.getTrajectory());
    }

    private static Optional<Traces> traces(Trajectory message) {
        return Optional.ofNullable(message).map(Traces::of);
    }
}
