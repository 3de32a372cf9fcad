package org.ionstream.standalone.page;

import java.util.List;
import java.util.Map;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.cell.StateVariable;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.Traces;
import org.ionstream.standalone.activity.Activity;

/**
 * An {@link Activity} as the page wants it: numbers and short texts.
 *
 * @param trace of the newest audit, null before the first
 */
record StatusView(
        Map<String, Object> counts,
        String champion,
        Drift drift,
        Training training,
        List<Activity.ErrorPoint> errors,
        List<Activity.Event> events,
        Trace trace) {

    record Drift(String state, double effectSize, double median, double expected) {}

    record Training(String phase, String detail, int step, int totalSteps, Double loss, Double secondsLeft) {}

    /** One variable of one audit: predicted and solved, and the current that caused it. */
    record Trace(
            String id,
            String variable,
            String unit,
            double stepMs,
            float[] predicted,
            float[] solved,
            float[] current) {}

    static StatusView of(Activity activity) {
        return new StatusView(
                Map.of(
                        "seconds", activity.seconds(),
                        "published", activity.published(),
                        "predicted", activity.predicted(),
                        "solved", activity.solved(),
                        "audited", activity.audited(),
                        "unmatched", activity.unmatched(),
                        "deadLetters", activity.deadLetters(),
                        "latencyMsMedian", finite(activity.latencyMsMedian()),
                        "latencyMsP99", finite(activity.latencyMsP99()),
                        "error", finite(activity.error())),
                activity.champion().map(release -> release.getModelId()).orElse(""),
                activity.drift()
                        .map(drift -> new Drift(
                                drift.getState().name(),
                                drift.getEffectSize(),
                                drift.getMedianRelativeL2(),
                                drift.getExpectedRelativeL2()))
                        .orElse(null),
                activity.training()
                        .map(training -> new Training(
                                training.getPhase().name(),
                                training.getDetail(),
                                training.getStep(),
                                training.getTotalSteps(),
                                training.getLoss(),
                                training.getSecondsLeft()))
                        .orElse(null),
                activity.errors(),
                activity.events(),
                activity.lastReference().isPresent()
                        ? trace(
                                activity.lastPrediction().orElseThrow(),
                                activity.lastReference().get())
                        : null);
    }

    private static Trace trace(Prediction prediction, ReferenceSolution reference) {
        Traces solved = Traces.of(reference.getTrajectory());
        StateVariable variable = CellModels.byId(reference.getCellModel()).variables().stream()
                .filter(candidate -> candidate.name().equals("V"))
                .findFirst()
                .orElseThrow();
        return new Trace(
                reference.getId(),
                variable.name(),
                variable.unit(),
                solved.grid().stepMs(),
                Traces.of(prediction.getTrajectory()).of(variable.name()),
                solved.of(variable.name()),
                Stimulus.of(reference.getProtocol()).cellMeans(solved.grid()));
    }

    /** JSON has no NaN. */
    private static Object finite(double value) {
        return Double.isFinite(value) ? value : "";
    }
}
