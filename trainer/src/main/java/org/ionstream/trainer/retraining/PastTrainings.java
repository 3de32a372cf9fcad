package org.ionstream.trainer.retraining;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ionstream.schemas.message.TrainingReport;

/** When trainings of one cell model ended and how long they took, read from their reports. Not thread-safe. */
final class PastTrainings {
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

    private record Ended(long atMs, long tookMs) {}

    /** Of a training under way: when it last reported, and how long it has trained until then. */
    private record UnderWay(long atMs, long trainedMs) {
        /** What was before a start or a new start was not training. */
        UnderWay reported(TrainingReport report) {
            boolean starts = !report.getDetail().isEmpty();
            return new UnderWay(report.getAtMs(), starts ? trainedMs : trainedMs + report.getAtMs() - atMs);
        }
    }

    private final Map<String, UnderWay> underWay = new HashMap<>();
    private final List<Ended> ended = new ArrayList<>();
    private long lastEndMs;
    private String lastRunId = "";
    private long lastConfirmedMs;

    void reported(TrainingReport report) {
        switch (report.getPhase()) {
            case TRAINING ->
                underWay.put(
                        report.getRunId(),
                        underWay.getOrDefault(report.getRunId(), new UnderWay(report.getAtMs(), 0))
                                .reported(report));
            case PROMOTED, REJECTED, FAILED -> ended(report);
            case CONFIRMED -> lastConfirmedMs = report.getAtMs();
            case DECLINED, COLLECTING, ROLLED_BACK, UNKNOWN -> {}
        }
    }

    private void ended(TrainingReport report) {
        if (report.getAtMs() >= lastEndMs) {
            lastEndMs = report.getAtMs();
            lastRunId = report.getRunId();
        }
        UnderWay training = underWay.remove(report.getRunId());
        if (training != null) {
            ended.removeIf(earlier -> earlier.atMs() < report.getAtMs() - DAY_MS);
            ended.add(new Ended(report.getAtMs(), training.trainedMs() + report.getAtMs() - training.atMs()));
        }
    }

    /** Of the training that ended last; empty: none has yet. */
    String lastRunId() {
        return lastRunId;
    }

    /** 0: none has yet. */
    long lastEndMs() {
        return lastEndMs;
    }

    /** When a champion was last found to have passed its probation; 0: none was. */
    long lastConfirmedMs() {
        return lastConfirmedMs;
    }

    /** Time that trainings took which ended in the last 24 hours. */
    double minutesOfTheLastDay(long nowMs) {
        return ended.stream()
                        .filter(training -> training.atMs() > nowMs - DAY_MS)
                        .mapToLong(Ended::tookMs)
                        .sum()
                / 60_000.0;
    }
}
