package org.ionstream.trainer.retraining;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
    private static final Duration BETWEEN_WAITS = Duration.ofSeconds(5);

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
    private final Map<CellModel, Wait> lastWait = new HashMap<>();

    /** What was said last of why no training begins. */
    private record Wait(String reason, long atMs) {}

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
        long nowMs = System.currentTimeMillis();
        long lastEndMs = Math.max(lastAttemptMs.getOrDefault(cellModel, 0L), book.lastTrainingEndMs());
        RetrainingPolicy.Decision decision = policy.decide(cellModel, book, lastEndMs, nowMs);
        if (decision.trigger().isPresent()) {
            lastWait.remove(cellModel);
            attempt(decision.trigger().get(), book);
            lastAttemptMs.put(cellModel, System.currentTimeMillis());
        } else {
            waits(cellModel, decision.waitingFor(), nowMs);
        }
    }

    /** Reasons count references: said when they change, but not each time. */
    private void waits(CellModel cellModel, String reason, long nowMs) {
        Wait last = lastWait.getOrDefault(cellModel, new Wait("", 0));
        if (!reason.equals(last.reason()) && nowMs - last.atMs() >= BETWEEN_WAITS.toMillis()) {
            lastWait.put(cellModel, new Wait(reason, nowMs));
            report(Report.of(cellModel, "", "policy"), TrainingPhase.COLLECTING, reason);
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
        if (book.hasEnded(training.runId())) {
            journal.end(cellModel.id());
            return;
        }
        Trigger trigger = new Trigger(cellModel, training.trigger(), training.detail(), 0);
        Report report = new Report(cellModel.id(), training.runId(), training.trigger());
        String champion = book.champion().map(ModelRelease::getModelId).orElse("none");
        if (champion.equals(training.championId())) {
            report(report, TrainingPhase.TRAINING, "goes on after a restart: " + training.detail());
            train(trigger, report, recorded(training), book);
        } else {
            fail(
                    trigger,
                    report,
                    book,
                    "interrupted, and %s serves by now, not %s that was trained on"
                            .formatted(champion, training.championId()));
            journal.end(cellModel.id());
        }
    }

    /** Those that are still on their topic, in the order in which they were trained on. */
    private List<Replay.Entry> recorded(UnfinishedTraining training) {
        Map<String, Replay.Entry> found = ledger.recorded(training.cellModel(), Set.copyOf(training.referenceIds()));
        return training.referenceIds().stream()
                .map(found::get)
                .filter(Objects::nonNull)
                .toList();
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
        List<Replay.Entry> references = book.replay().since(trigger.sinceMs());
        UnfinishedTraining training = new UnfinishedTraining(
                report.runId(),
                trigger.cellModel().id(),
                trigger.name(),
                trigger.detail(),
                references.stream().map(entry -> entry.reference().getId()).toList(),
                champion.get().getModelId());
        journal.begin(training);
        report(report, TrainingPhase.TRAINING, trigger.detail());
        train(trigger, report, references, book);
    }

    /** Failure is reported and does not end the trainer: the champion serves on, and the next trigger may do better. */
    private void train(Trigger trigger, Report report, List<Replay.Entry> references, CellModelLedger book) {
        String cellModel = trigger.cellModel().id();
        try {
            ModelRelease champion = book.champion().orElseThrow();
            LOG.info("training {} begins: {}", champion.getModelId(), trigger.detail());
            OnnxModelFile file = OnnxModelFile.parse(artifacts.fetch(champion));
            Optional<Path> checkpoint = Optional.of(journal.checkpoint(cellModel));
            RetrainingRun.Verdict verdict = run.of(file, references, checkpoint, progress -> report(report, progress));
            decide(trigger, report, book, champion, verdict);
        } catch (CancellationException e) {
            throw e; // the journal stands: the next start goes on
        } catch (RuntimeException e) {
            LOG.warn("training of {} failed", cellModel, e);
            fail(trigger, report, book, e.toString());
        }
        journal.end(cellModel);
    }

    private void fail(Trigger trigger, Report report, CellModelLedger book, String reason) {
        TrainingReport failure =
                report.begun(TrainingPhase.FAILED).setDetail(reason).build();
        ends(trigger, book, CommandStatus.FAILED, failure, publisher::say);
    }

    /** The last report and the command's answer, if a command was the trigger, commit together. */
    private void ends(
            Trigger trigger,
            CellModelLedger book,
            CommandStatus status,
            TrainingReport last,
            Consumer<List<Outgoing>> commit) {
        List<Outgoing> said = new ArrayList<>();
        said.add(topics.training.message(last.getRunId(), last));
        Optional<CommandResult> answer =
                book.result(trigger.name()).map(accepted -> CommandStage.ended(accepted, status, last.getDetail()));
        answer.map(result -> CommandStage.message(topics, result)).ifPresent(said::add);
        commit.accept(said);
        answer.ifPresent(book::answered);
    }

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
        TrainingReport last =
                report.begun(phase).setDetail(detail).setScores(verdict.pairs()).build();
        if (promote) {
            ends(
                    trigger,
                    book,
                    CommandStatus.FINISHED,
                    last,
                    said -> publisher.publish(verdict.onnx(), verdict.scores(), verdict.provenance(), present, said));
            ledger.awaitChampion(trigger.cellModel(), verdict.modelId());
        } else {
            ends(trigger, book, CommandStatus.FINISHED, last, publisher::say);
        }
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
