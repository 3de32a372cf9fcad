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

    private final Map<String, Long> begunMs = new HashMap<>();
    private final List<Ended> ended = new ArrayList<>();
    private long lastEndMs;
    private long lastConfirmedMs;

    void reported(TrainingReport report) {
        switch (report.getPhase()) {
            case TRAINING -> begunMs.putIfAbsent(report.getRunId(), report.getAtMs());
            case PROMOTED, REJECTED, FAILED -> {
                lastEndMs = Math.max(lastEndMs, report.getAtMs());
                Long begun = begunMs.remove(report.getRunId());
                if (begun != null) {
                    ended.removeIf(earlier -> earlier.atMs() < report.getAtMs() - DAY_MS);
                    ended.add(new Ended(report.getAtMs(), report.getAtMs() - begun));
                }
            }
            case CONFIRMED -> lastConfirmedMs = report.getAtMs();
            case DECLINED, COLLECTING, ROLLED_BACK, UNKNOWN -> {}
        }
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
