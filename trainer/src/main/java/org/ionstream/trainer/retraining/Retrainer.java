package org.ionstream.trainer.retraining;

import java.nio.file.Path;
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
    private final TrainingJournal journal;
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
            TrainingJournal journal,
            ModelArtifacts artifacts,
            ModelPublisher publisher,
            Consumer<Outgoing> reports) {
        this.topics = topics;
        this.cellModels = cellModels;
        this.ledger = ledger;
        this.policy = policy;
        this.run = run;
        this.probation = probation;
        this.journal = journal;
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
        Optional<UnfinishedTraining> unfinished = journal.unfinished(cellModel.id());
        if (unfinished.isPresent()) {
            goOn(cellModel, unfinished.get(), book);
            return;
        }
        long lastEndMs = Math.max(lastAttemptMs.getOrDefault(cellModel, 0L), book.lastTrainingEndMs());
        RetrainingPolicy.Decision decision = policy.decide(cellModel, book, lastEndMs, System.currentTimeMillis());
        if (decision.trigger().isPresent()) {
            lastWait.remove(cellModel);
            attempt(decision.trigger().get(), book);
            lastAttemptMs.put(cellModel, System.currentTimeMillis());
        } else if (!decision.waitingFor().equals(lastWait.getOrDefault(cellModel, ""))) {
            lastWait.put(cellModel, decision.waitingFor());
            report(Report.of(cellModel, "", "policy"), TrainingPhase.COLLECTING, decision.waitingFor());
        }
    }

    /** Once for each champion: it has passed, or the one before it serves again. */
    private void examineAgain(CellModel cellModel, CellModelLedger book) {
        ModelRelease champion = book.champion().orElse(null);
        if (champion == null || book.isConfirmed() || champion.getModelId().equals(passed.get(cellModel))) {
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

    /** What the trainer was at when it was stopped or killed; its reports keep their run id. */
    private void goOn(CellModel cellModel, UnfinishedTraining training, CellModelLedger book) {
        Trigger trigger = new Trigger(cellModel, training.trigger(), training.detail(), training.sinceMs());
        Report report = new Report(cellModel.id(), training.runId(), training.trigger());
        String champion = book.champion().map(ModelRelease::getModelId).orElse("none");
        if (champion.equals(training.championId())) {
            report(report, TrainingPhase.TRAINING, "goes on after a restart: " + training.detail());
            train(trigger, report, training, book);
        } else {
            journal.end(cellModel.id());
            boolean promoted = book.champion()
                    .map(release -> release.getProvenance().getParentModelId())
                    .equals(Optional.of(training.championId()));
            if (!promoted) {
                fail(
                        trigger,
                        report,
                        book,
                        "interrupted, and %s serves by now, not %s that was trained on"
                                .formatted(champion, training.championId()));
            }
        }
    }

    private void attempt(Trigger trigger, CellModelLedger book) {
        Report report = Report.of(trigger.cellModel(), UUID.randomUUID().toString(), trigger.name());
        Optional<ModelRelease> champion = book.champion();
        if (champion.isEmpty()) {
            fail(
                    trigger,
                    report,
                    book,
                    "no champion of %s to train on"
                            .formatted(trigger.cellModel().id()));
            return;
        }
        long untilMs =
                book.replay().all().stream().mapToLong(Replay.Entry::atMs).max().orElse(0);
        UnfinishedTraining training = new UnfinishedTraining(
                report.runId(),
                trigger.cellModel().id(),
                trigger.name(),
                trigger.detail(),
                trigger.sinceMs(),
                untilMs,
                champion.get().getModelId());
        journal.begin(training);
        report(report, TrainingPhase.TRAINING, trigger.detail());
        train(trigger, report, training, book);
    }

    /** Failure is reported and does not end the trainer: the champion serves on, and the next trigger may do better. */
    private void train(Trigger trigger, Report report, UnfinishedTraining training, CellModelLedger book) {
        try {
            ModelRelease champion = book.champion().orElseThrow();
            LOG.info("training {} begins: {}", champion.getModelId(), trigger.detail());
            OnnxModelFile file = OnnxModelFile.parse(artifacts.fetch(champion));
            List<Replay.Entry> references = book.replay().since(training.sinceMs()).stream()
                    .filter(entry -> entry.atMs() <= training.untilMs())
                    .toList();
            Path checkpoint = journal.checkpoint(training.cellModel(), Replay.digest(references));
            RetrainingRun.Verdict verdict =
                    run.of(file, references, Optional.of(checkpoint), progress -> report(report, progress));
            decide(trigger, report, book, champion, verdict);
        } catch (CancellationException e) {
            throw e; // the journal stands: the next start goes on
        } catch (RuntimeException e) {
            LOG.warn("training of {} failed", trigger.cellModel().id(), e);
            fail(trigger, report, book, e.toString());
        }
        journal.end(training.cellModel());
    }

    private void fail(Trigger trigger, Report report, CellModelLedger book, String reason) {
        report(report, TrainingPhase.FAILED, reason);
        end(trigger, book, CommandStatus.FAILED, reason).ifPresent(failed -> {
            reports.accept(CommandStage.message(topics, failed));
            book.answered(failed);
        });
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
