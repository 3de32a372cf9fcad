package org.ionstream.trainer.retraining;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.DiscrepancyStatus;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.DriftState;
import org.ionstream.schemas.message.TrainingPhase;
import org.ionstream.schemas.message.TrainingReport;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.TopicFollower;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.surrogate.model.Champion;
import org.ionstream.surrogate.model.ChampionMeters;

/**
 * What the trainer finds out, as metrics: it reads the topics that it writes, so what is counted is what was committed. States
 * are read from the beginning, events are counted from now on.
 */
final class TrainerMeters {
    private static final double[] ERRORS = {0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2};
    private static final Duration[] APD90_ERRORS = {
        Duration.ofNanos(100_000),
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100)
    };
    private static final Map<String, String> DESCRIPTIONS = Map.of(
            "ionic.drift.state", "1 for the present state of the drift watch",
            "ionic.drift.score", "Quantities of the last drift window",
            "ionic.band.coverage.ratio", "Share of audits in the last window that the bands cover",
            "ionic.training.progress.ratio", "Share of the steps done; 0 between trainings",
            "ionic.training.loss", "Mean loss of the last steps");

    private static final String APD90 = "apd90FromMaxUpstrokeMs";

    private final MeterRegistry registry;
    private final Map<String, AtomicReference<Double>> gauges = new ConcurrentHashMap<>();
    private final ChampionMeters champions;

    /** @param cellModels whose counts are there from the beginning: a rate does not see how a series begins */
    TrainerMeters(MeterRegistry registry, List<CellModel> cellModels) {
        this.registry = registry;
        for (CellModel cellModel : cellModels) {
            Stream.of(DiscrepancyStatus.values()).forEach(status -> audits(cellModel.id(), status));
            Stream.of(TrainingPhase.values()).forEach(result -> decisions(cellModel.id(), result));
        }
        this.champions = new ChampionMeters(registry, "trainer");
    }

    /** To run in a thread of its own. */
    TopicFollower follower(KafkaSettings kafka, Topics topics) {
        TopicFollower follower = new TopicFollower("trainer-meters", kafka);
        follower.followNew(topics.discrepancies, (discrepancy, at) -> compared(discrepancy));
        follower.follow(topics.drift, (report, at) -> reported(report));
        follower.followNew(topics.training, (report, at) -> reported(report));
        follower.follow(topics.models, (release, at) -> {
            if (release.getAlias().equals(Champion.ALIAS)) {
                champions.serves(release);
            }
        });
        return follower;
    }

    void compared(Discrepancy discrepancy) {
        String cellModel = discrepancy.getCellModel();
        audits(cellModel, discrepancy.getStatus()).increment();
        if (discrepancy.getStatus() != DiscrepancyStatus.COMPARED) {
            return;
        }
        DistributionSummary.builder("ionic.audit.relative.l2")
                .description("Audited relative L2 error of the excursion from rest")
                .tag("cell_model", cellModel)
                .serviceLevelObjectives(ERRORS)
                .register(registry)
                .record(discrepancy.getRelativeL2());
        discrepancy.getBiomarkers().stream()
                .filter(difference -> difference.getBiomarker().equals(APD90) && difference.getDifference() != null)
                .forEach(difference -> Timer.builder("ionic.audit.apd90.error")
                        .description("Audited error of the APD90, absolute")
                        .tag("cell_model", cellModel)
                        .serviceLevelObjectives(APD90_ERRORS)
                        .register(registry)
                        .record(Duration.ofNanos((long) (1e6 * Math.abs(difference.getDifference())))));
    }

    void reported(DriftReport report) {
        String cellModel = report.getCellModel();
        for (DriftState state : DriftState.values()) {
            set(
                    "ionic.drift.state",
                    report.getState() == state ? 1 : 0,
                    "cell_model",
                    cellModel,
                    "state",
                    state.name());
        }
        score(cellModel, "effect_size", report.getEffectSize());
        score(cellModel, "routed_share", report.getRoutedShare());
        report.getInputDrift().forEach((feature, index) -> score(cellModel, "stability_index_" + feature, index));
        if (report.getCoverage() != null) {
            set("ionic.band.coverage.ratio", report.getCoverage(), "cell_model", cellModel);
        }
    }

    void reported(TrainingReport report) {
        String cellModel = report.getCellModel();
        boolean training = report.getPhase() == TrainingPhase.TRAINING && report.getTotalSteps() > 0;
        double done = training ? (double) report.getStep() / report.getTotalSteps() : 0;
        set("ionic.training.progress.ratio", done, "cell_model", cellModel);
        if (report.getLoss() != null) {
            set("ionic.training.loss", report.getLoss(), "cell_model", cellModel);
        }
        if (report.getPhase() != TrainingPhase.TRAINING || report.getStep() == 0) {
            decisions(cellModel, report.getPhase()).increment();
        }
    }

    private Counter audits(String cellModel, DiscrepancyStatus status) {
        return Counter.builder("ionic.audits")
                .description("Predictions compared with references, or why not")
                .tags("cell_model", cellModel, "status", status.name())
                .register(registry);
    }

    private Counter decisions(String cellModel, TrainingPhase result) {
        return Counter.builder("ionic.retrain")
                .description("Steps of the trainer's decisions: collecting, training, promoted, rejected, and so on")
                .tags("cell_model", cellModel, "result", result.name())
                .register(registry);
    }

    private void score(String cellModel, String quantity, double value) {
        set("ionic.drift.score", value, "cell_model", cellModel, "quantity", quantity);
    }

    private void set(String name, double value, String... tags) {
        Tags labels = Tags.of(tags);
        gauges.computeIfAbsent(name + labels, first -> {
                    AtomicReference<Double> held = new AtomicReference<>();
                    Gauge.builder(name, held, AtomicReference::get)
                            .description(DESCRIPTIONS.get(name))
                            .tags(labels)
                            .register(registry);
                    return held;
                })
                .set(value);
    }
}
