package org.ionstream.standalone;

import org.ionstream.schemas.message.Outcome;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.RouteReason;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.wire.Traces;

/** A prediction of which only the id and the trajectory matter. */
public final class SomePrediction {
    private SomePrediction() {}

    public static Prediction of(String id, Traces traces) {
        return Prediction.newBuilder()
                .setId(id)
                .setCellModel("fitzhugh-nagumo-1961")
                .setSource(Source.SURROGATE)
                .setReason(RouteReason.TRUSTED)
                .setOutcome(Outcome.OK)
                .setTrajectory(traces.toMessage())
                .setPublishedAtMs(0)
                .setAnsweredAtMs(0)
                .setComputeMicros(0)
                .build();
    }
}
