package org.ionstream.standalone.activity;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.DiscrepancyStatus;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.DriftState;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.message.TrainingPhase;
import org.ionstream.schemas.message.TrainingReport;
import org.ionstream.surrogate.model.Champion;

/** Gathers what the topics say into an {@link Activity}. Bounded memory, thread-safe. */
public final class ActivityWatch {
    private static final int RECENT = 200;
    private static final int RECENT_ERRORS = 50;
    private static final int MOST_EVENTS = 200;

    private final long startNanos = System.nanoTime();
    private final Deque<Double> latencies = new ArrayDeque<>();
    private final Deque<Double> errors = new ArrayDeque<>();
    private final Deque<Activity.Event> events = new ArrayDeque<>();
    private long predicted;
    private long solved;
    private long audited;
    private long unmatched;
    private long deadLetters;
    private DriftReport drift;
    private TrainingReport training;
    private ModelRelease champion;

    public synchronized void predicted(Prediction prediction) {
        if (prediction.getSource() == Source.SURROGATE) {
            predicted++;
        } else {
            solved++;
        }
        keep(latencies, (double) prediction.getAnsweredAtMs() - prediction.getPublishedAtMs(), RECENT);
    }

    public synchronized void compared(Discrepancy discrepancy) {
        if (discrepancy.getStatus() == DiscrepancyStatus.COMPARED) {
            audited++;
            keep(errors, discrepancy.getRelativeL2(), RECENT_ERRORS);
        } else if (discrepancy.getStatus() != DiscrepancyStatus.NOT_COMPARABLE) {
            unmatched++;
            event(
                    "alarm",
                    "%s: %s %s".formatted(discrepancy.getId(), discrepancy.getStatus(), discrepancy.getDetail()));
        }
    }

    public synchronized void reported(DriftReport report) {
        DriftState before = drift == null || !drift.getModelId().equals(report.getModelId())
                ? DriftState.IN_DISTRIBUTION
                : drift.getState();
        drift = report;
        if (report.getState() != before) {
            String measured = "median error %.4f, %.1f times that at release"
                    .formatted(report.getMedianRelativeL2(), report.getEffectSize());
            event(
                    "drift",
                    "%s: %s".formatted(report.getState(), report.getCause().isEmpty() ? measured : report.getCause()));
        }
    }

    public synchronized void reported(TrainingReport report) {
        boolean progress = report.getPhase() == TrainingPhase.TRAINING && report.getStep() > 0;
        boolean repeated = training != null
                && training.getPhase() == TrainingPhase.COLLECTING
                && report.getPhase() == TrainingPhase.COLLECTING;
        training = report;
        if (!progress && !repeated && !report.getDetail().isEmpty()) {
            event("training", "%s: %s".formatted(report.getPhase(), report.getDetail()));
        }
    }

    public synchronized void released(ModelRelease release) {
        if (release.getAlias().equals(Champion.ALIAS)) {
            champion = release;
            event("champion", release.getModelId());
        }
    }

    public synchronized void deadLetter() {
        deadLetters++;
    }

    public synchronized void event(String kind, String text) {
        keep(events, new Activity.Event(now(), kind, text), MOST_EVENTS);
    }

    public synchronized Activity now(long published) {
        return new Activity(
                (long) now(),
                published,
                predicted,
                solved,
                audited,
                unmatched,
                deadLetters,
                quantile(latencies, 0.5),
                quantile(latencies, 0.99),
                quantile(errors, 0.5),
                Optional.ofNullable(drift),
                Optional.ofNullable(training),
                Optional.ofNullable(champion),
                List.copyOf(events));
    }

    private double now() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    private static <T> void keep(Deque<T> newestLast, T value, int most) {
        if (newestLast.size() == most) {
            newestLast.removeFirst();
        }
        newestLast.addLast(value);
    }

    private static double quantile(Deque<Double> values, double probability) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(probability * (sorted.length - 1))];
    }
}
