package org.ionstream.trainer.drift;

import java.util.List;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.Beat;
import org.ionstream.schemas.message.Biomarkers;
import org.ionstream.schemas.message.Outcome;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.RouteReason;
import org.ionstream.schemas.message.SolverStatistics;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.message.Trajectory;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;

/** The two halves of audits of FitzHugh-Nagumo 1961, four samples long. */
final class AuditMessages {
    static final String CELL_MODEL = "fitzhugh-nagumo-1961";
    private static final float[] REFERENCE_V = {0, 1, 1, 1};
    private static final float[] REFERENCE_W = {0.5f, 0.5f, 0.5f, 0.5f};

    private AuditMessages() {}

    /** V is off by the error, relative to its excursion; w is exact. The mean relative L2 is half of it. */
    static Prediction prediction(String id, String modelId, double errorOfV) {
        float[] v = REFERENCE_V.clone();
        for (int i = 1; i < v.length; i++) {
            v[i] += (float) errorOfV;
        }
        return prediction(id, modelId, trajectory(v, REFERENCE_W));
    }

    /** Of one captured stimulus at 2 ms. */
    static Biomarkers biomarkers(double peakPotential, Double apd90Ms) {
        Beat beat = Beat.newBuilder()
                .setOnsetMs(2)
                .setStimulated(true)
                .setCaptured(true)
                .setRestingPotential(0)
                .setPeakPotential(peakPotential)
                .setAmplitudeFromResting(peakPotential)
                .setApd90FromMaxUpstrokeMs(apd90Ms)
                .build();
        return new Biomarkers(1.0, 1, 1, 1, 0, null, List.of(beat));
    }

    static Prediction prediction(String id, String modelId, Trajectory trajectory) {
        return Prediction.newBuilder()
                .setId(id)
                .setCellModel(CELL_MODEL)
                .setSource(Source.SURROGATE)
                .setReason(RouteReason.TRUSTED)
                .setOutcome(Outcome.OK)
                .setTrajectory(trajectory)
                .setModelId(modelId)
                .setExpectedRelativeL2(0.1)
                .setPublishedAtMs(7)
                .setAnsweredAtMs(8)
                .setComputeMicros(9)
                .build();
    }

    static ReferenceSolution reference(String id, AuditReason reason) {
        return reference(id, reason, trajectory(REFERENCE_V, REFERENCE_W));
    }

    static ReferenceSolution reference(String id, AuditReason reason, Trajectory trajectory) {
        return ReferenceSolution.newBuilder()
                .setId(id)
                .setCellModel(CELL_MODEL)
                .setProtocol(StimulusProtocol.newBuilder()
                        .setId(id)
                        .setCellModel(CELL_MODEL)
                        .setPulses(List.of())
                        .setHorizonMs(4)
                        .setOutputStepMs(1)
                        .build())
                .setReason(reason)
                .setProbability(1)
                .setOutcome(Outcome.OK)
                .setTrajectory(trajectory)
                .setSolver(new SolverStatistics("DormandPrince853", 1e-8, 1, 1, 1, 1L))
                .build();
    }

    static Trajectory trajectory(float[]... rows) {
        List<String> names = List.of("V", "w").subList(0, rows.length);
        return new Traces(new TimeGrid(1, rows[0].length), names, rows).toMessage();
    }
}
