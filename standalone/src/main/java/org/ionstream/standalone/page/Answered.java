package org.ionstream.standalone.page;

import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.StimulusProtocol;

/** A protocol with what has come of it so far; null is what has not arrived yet. */
record Answered(StimulusProtocol protocol, Prediction prediction, ReferenceSolution reference) {
    static final Answered NOTHING = new Answered(null, null, null);

    Answered with(StimulusProtocol asked) {
        return new Answered(asked, prediction, reference);
    }

    Answered with(Prediction predicted) {
        return new Answered(protocol, predicted, reference);
    }

    /** A solution has its protocol with it. */
    Answered with(ReferenceSolution solved) {
        return new Answered(solved.getProtocol(), prediction, solved);
    }

    boolean isPredicted() {
        return protocol != null && prediction != null;
    }
}
