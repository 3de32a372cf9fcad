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

    private record Ended(String runId, long atMs, long tookMs) {}

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
            case DECLINED, COLLECTING, TUNING, ROLLED_BACK, UNKNOWN -> {}
        }
    }

    private void ended(TrainingReport report) {
        lastEndMs = Math.max(lastEndMs, report.getAtMs());
        UnderWay training = underWay.remove(report.getRunId());
        if (training != null) {
            ended.removeIf(earlier -> earlier.atMs() < report.getAtMs() - DAY_MS);
            ended.add(new Ended(
                    report.getRunId(), report.getAtMs(), training.trainedMs() + report.getAtMs() - training.atMs()));
        }
    }

    /** Whether the verdict on a training is on the topics; older than a day it may be forgotten. */
    boolean hasEnded(String runId) {
        return ended.stream().anyMatch(training -> training.runId().equals(runId));
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
