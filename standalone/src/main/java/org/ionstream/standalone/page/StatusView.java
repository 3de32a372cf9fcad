package org.ionstream.standalone.page;

import java.util.List;
import java.util.Map;
import org.ionstream.standalone.activity.Activity;

/** An {@link Activity} as the page wants it: numbers and short texts. */
record StatusView(
        Map<String, Object> counts, String champion, Drift drift, Training training, List<Activity.Event> events) {

    record Drift(String state, double effectSize, double median, double expected) {}

    record Training(String phase, String detail, int step, int totalSteps, Double loss, Double secondsLeft) {}

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
                activity.events());
    }

    /** JSON has no NaN. */
    private static Object finite(double value) {
        return Double.isFinite(value) ? value : "";
    }
}
