package org.ionstream.trainer.retraining;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.ionstream.schemas.message.CommandKind;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.message.TrainingPhase;
import org.ionstream.schemas.message.TrainingReport;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.trainer.tuning.StudyPlan;
import org.ionstream.trainer.tuning.StudyReport;
import org.ionstream.trainer.tuning.StudyRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads the studies of hyperparameters that were ordered, one after the other; tuning workers elsewhere train their trials. A
 * study has the id of its command, so that after a restart it goes on from the topics.
 */
final class StudyOrders {
    private static final Logger LOG = LoggerFactory.getLogger(StudyOrders.class);
    static final Set<CommandKind> KINDS = Set.of(CommandKind.TUNE);

    private static final long BETWEEN_REPORTS_NS = Duration.ofSeconds(15).toNanos();

    private final KafkaSettings kafka;
    private final Topics topics;
    private final Consumer<List<Outgoing>> commit;

    /** @param commit sends messages so that all of them are on the topics, or none */
    StudyOrders(KafkaSettings kafka, Topics topics, Consumer<List<Outgoing>> commit) {
        this.kafka = kafka;
        this.topics = topics;
        this.commit = commit;
    }

    void carryOut(CommandResult order, CellModelLedger book) {
        StudyPlan plan = StudyPlan.fromJson(order.getPlan()); // checked when accepted
        LOG.info("study {} of {}, {} trials", order.getCommandId(), plan.cellModel(), plan.trials());
        try (StudyRun study = new StudyRun(new StudyRun.Settings(kafka, topics, order.getCommandId(), plan))) {
            long saidNs = System.nanoTime() - BETWEEN_REPORTS_NS;
            while (!study.isFinished()) {
                study.advance();
                if (System.nanoTime() - saidNs >= BETWEEN_REPORTS_NS) {
                    commit.accept(List.of(report(order, progress(study.report(), study.begun()))));
                    saidNs = System.nanoTime();
                }
            }
            end(order, book, CommandStatus.FINISHED, result(study.report()));
        } catch (IllegalArgumentException e) {
            end(order, book, CommandStatus.FAILED, e.getMessage());
        }
    }

    private void end(CommandResult order, CellModelLedger book, CommandStatus status, String detail) {
        LOG.info("study {} {}: {}", order.getCommandId(), status, detail);
        CommandResult ended = CommandStage.ended(order, status, detail);
        List<Outgoing> said = new ArrayList<>();
        said.add(report(order, detail));
        said.add(CommandStage.message(topics, ended));
        commit.accept(said);
        book.answered(ended);
    }

    private Outgoing report(CommandResult order, String detail) {
        TrainingReport report = TrainingReport.newBuilder()
                .setRunId(order.getCommandId())
                .setCellModel(order.getCellModel())
                .setPhase(TrainingPhase.TUNING)
                .setTrigger(order.getCommandId())
                .setDetail(detail)
                .setAtMs(System.currentTimeMillis())
                .build();
        return topics.training.message(report.getRunId(), report);
    }

    private static String progress(StudyReport report, int begun) {
        return String.format(
                Locale.ROOT,
                "%d of %d trials begun, %d with a result, %s",
                begun,
                report.plan().trials(),
                report.rows().size(),
                report.workers() == 0
                        ? "no workers: start some with tune worker"
                        : report.workers() + " workers" + left(report.secondsLeft()));
    }

    private static String left(double seconds) {
        return seconds < 0 ? "" : String.format(Locale.ROOT, ", about %.1f min left", seconds / 60);
    }

    private static String result(StudyReport report) {
        Optional<StudyReport.Row> best = report.best();
        if (best.isEmpty()) {
            return "none of %d trials came to its end".formatted(report.rows().size());
        }
        return String.format(
                Locale.ROOT,
                "best of %d trials is number %d, validation error %.4f after %d steps%s: %s",
                report.rows().size(),
                best.get().trial(),
                best.get().error(),
                best.get().steps(),
                report.first()
                        .filter(first -> !first.failed())
                        .map(first -> String.format(
                                Locale.ROOT,
                                "; the recipe it began with has %.4f after %d",
                                first.error(),
                                first.steps()))
                        .orElse(""),
                best.get().values());
    }
}
