package org.ionstream.trainer.retraining;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.TrainingPhase;
import org.ionstream.schemas.message.TrainingReport;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.model.ModelArtifacts;
import org.ionstream.surrogate.model.ModelPublisher;
import org.ionstream.trainer.fno.FnoTraining;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the ledger, and when the policy says so trains, examines, and publishes what has won. One thread: the PyTorch
 * engine records gradients for one training at a time.
 */
final class Retrainer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Retrainer.class);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Topics topics;
    private final List<CellModel> cellModels;
    private final Ledger ledger;
    private final RetrainingPolicy policy;
    private final RetrainingRun run;
    private final ModelArtifacts artifacts;
    private final ModelPublisher publisher;
    private final Consumer<Outgoing> reports;
    private final Probation probation;
    private final Map<CellModel, String> passed = new HashMap<>();
    private final Map<CellModel, Long> lastAttemptMs = new HashMap<>();
    private final Map<CellModel, String> lastWait = new HashMap<>();

    Retrainer(
            Topics topics,
            List<CellModel> cellModels,
            Ledger ledger,
            RetrainingPolicy policy,
            RetrainingRun run,
            Probation probation,
            ModelArtifacts artifacts,
            ModelPublisher publisher,
            Consumer<Outgoing> reports) {
        this.topics = topics;
        this.cellModels = cellModels;
        this.ledger = ledger;
        this.policy = policy;
        this.run = run;
        this.probation = probation;
        this.artifacts = artifacts;
        this.publisher = publisher;
        this.reports = reports;
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (ledger.isCaughtUp()) {
                    cellModels.forEach(this::look);
                }
                Thread.sleep(LOOK.toMillis());
            }
        } catch (InterruptedException | CancellationException e) {
            LOG.info("trainer stops");
        }
    }

    private void look(CellModel cellModel) {
        CellModelLedger book = ledger.of(cellModel.id());
        examineAgain(cellModel, book);
        RetrainingPolicy.Decision decision = policy.decide(cellModel, book, lastAttemptMs.getOrDefault(cellModel, 0L));
        if (decision.trigger().isPresent()) {
            lastWait.remove(cellModel);
            attempt(decision.trigger().get(), book);
            lastAttemptMs.put(cellModel, System.currentTimeMillis());
        } else if (!decision.waitingFor().equals(lastWait.getOrDefault(cellModel, ""))) {
            lastWait.put(cellModel, decision.waitingFor());
            report(Report.of(cellModel, "", Trigger.DRIFT), TrainingPhase.COLLECTING, decision.waitingFor());
        }
    }

    /** Once for each champion: it has passed, or the one before it serves again. */
    private void examineAgain(CellModel cellModel, CellModelLedger book) {
        ModelRelease champion = book.champion().orElse(null);
        if (champion == null || champion.getModelId().equals(passed.get(cellModel))) {
            return;
        }
        probation.of(cellModel, book).ifPresent(outcome -> {
            TrainingPhase phase = outcome.isFailed() ? TrainingPhase.ROLLED_BACK : TrainingPhase.CONFIRMED;
            String detail = outcome.detail(champion);
            LOG.info("{} {}", phase, detail);
            Report report = Report.of(cellModel, UUID.randomUUID().toString(), "probation");
            Outgoing said = topics.training.message(
                    report.runId(),
                    report.begun(phase)
                            .setDetail(detail)
                            .setScores(List.of(outcome.duel().pair()))
                            .build());
            if (outcome.isFailed()) {
                publisher.serveAgain(outcome.before(), List.of(said));
                ledger.awaitChampion(cellModel, outcome.before().getModelId());
            } else {
                reports.accept(said);
            }
            passed.put(cellModel, champion.getModelId());
        });
    }

    /** Failure is reported and does not end the trainer: the champion serves on, and the next trigger may do better. */
    private void attempt(Trigger trigger, CellModelLedger book) {
        Report report = Report.of(trigger.cellModel(), UUID.randomUUID().toString(), trigger.name());
        try {
            ModelRelease champion = book.champion()
                    .orElseThrow(() -> new IllegalStateException("no champion of %s to train on"
                            .formatted(trigger.cellModel().id())));
            report(report, TrainingPhase.TRAINING, trigger.detail());
            LOG.info("training {} begins: {}", champion.getModelId(), trigger.detail());
            OnnxModelFile file = OnnxModelFile.parse(artifacts.fetch(champion));
            RetrainingRun.Verdict verdict =
                    run.of(file, book.replay().since(trigger.sinceMs()), progress -> report(report, progress));
            decide(trigger, report, book, champion, verdict);
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("training of {} failed", trigger.cellModel().id(), e);
            report(report, TrainingPhase.FAILED, e.toString());
            end(trigger, book, CommandStatus.FAILED, e.toString()).ifPresent(failed -> {
                reports.accept(CommandStage.message(topics, failed));
                book.answered(failed);
            });
        }
    }

    /** The release, the report of it and the command's answer commit together. */
    private void decide(
            Trigger trigger, Report report, CellModelLedger book, ModelRelease beaten, RetrainingRun.Verdict verdict) {
        String present = book.champion().map(ModelRelease::getModelId).orElse("");
        boolean overtaken = !present.equals(beaten.getModelId());
        boolean promote = verdict.promote() && !overtaken;
        TrainingPhase phase = promote ? TrainingPhase.PROMOTED : TrainingPhase.REJECTED;
        String detail = "%s: %s%s"
                .formatted(
                        verdict.modelId(),
                        verdict.detail(),
                        overtaken
                                ? "; but it was compared with %s, and %s serves by now"
                                        .formatted(beaten.getModelId(), present)
                                : "");
        LOG.info("{} {}", phase, detail);
        List<Outgoing> said = new ArrayList<>();
        said.add(topics.training.message(
                report.runId(),
                report.begun(phase).setDetail(detail).setScores(verdict.pairs()).build()));
        Optional<CommandResult> finished = end(trigger, book, CommandStatus.FINISHED, detail);
        finished.map(result -> CommandStage.message(topics, result)).ifPresent(said::add);
        if (promote) {
            publisher.publish(verdict.onnx(), verdict.scores(), verdict.provenance(), present, said);
            ledger.awaitChampion(trigger.cellModel(), verdict.modelId());
        } else {
            said.forEach(reports);
        }
        finished.ifPresent(book::answered);
    }

    /** The answer, if a command was the trigger. */
    private static Optional<CommandResult> end(
            Trigger trigger, CellModelLedger book, CommandStatus status, String detail) {
        return book.result(trigger.name()).map(accepted -> CommandStage.ended(accepted, status, detail));
    }

    private void report(Report report, TrainingPhase phase, String detail) {
        reports.accept(topics.training.message(
                report.runId(), report.begun(phase).setDetail(detail).build()));
    }

    private void report(Report report, FnoTraining.Progress progress) {
        Optional<Double> validation = Optional.of(progress.validationError()).filter(Double::isFinite);
        reports.accept(topics.training.message(
                report.runId(),
                report.begun(TrainingPhase.TRAINING)
                        .setStep(progress.step())
                        .setTotalSteps(progress.steps())
                        .setLoss(progress.loss())
                        .setValidationRelativeL2(validation.orElse(null))
                        .setSecondsLeft(progress.secondsLeft())
                        .build()));
    }

    /** What all reports of one run have in common. */
    private record Report(String cellModel, String runId, String trigger) {
        static Report of(CellModel cellModel, String runId, String trigger) {
            return new Report(cellModel.id(), runId, trigger);
        }

        TrainingReport.Builder begun(TrainingPhase phase) {
            return TrainingReport.newBuilder()
                    .setCellModel(cellModel)
                    .setRunId(runId)
                    .setTrigger(trigger)
                    .setPhase(phase)
                    .setAtMs(System.currentTimeMillis());
        }
    }
}
