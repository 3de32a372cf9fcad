package org.ionstream.trainer.retraining;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ionstream.schemas.message.CommandKind;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.DriftState;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.TrainingReport;

/** What the topics say about one cell model. Written by the follower's thread, read by the trainer's. */
final class CellModelLedger {
    private final Replay replay;
    private final Map<String, CommandResult> results = new LinkedHashMap<>();
    private final Map<String, ModelRelease> versions = new LinkedHashMap<>();
    private ModelRelease champion;
    private DriftReport drift;
    private long inDistributionUntilMs;
    private boolean paused;
    private final PastTrainings trainings = new PastTrainings();

    CellModelLedger(int replayCapacity) {
        this.replay = new Replay(replayCapacity);
    }

    Replay replay() {
        return replay;
    }

    synchronized void released(ModelRelease release) {
        champion = release;
        versions.putIfAbsent(release.getModelId(), release);
        drift = null;
        inDistributionUntilMs = 0;
    }

    /** A model that has served or serves. */
    synchronized void knows(ModelRelease version) {
        versions.put(version.getModelId(), version);
    }

    /** A report on an earlier model says nothing about the present one. */
    synchronized void reported(DriftReport report) {
        if (champion == null || !report.getModelId().equals(champion.getModelId())) {
            return;
        }
        drift = report;
        if (report.getState() == DriftState.IN_DISTRIBUTION) {
            inDistributionUntilMs = report.getLastAuditAtMs();
        }
    }

    synchronized void reported(TrainingReport report) {
        trainings.reported(report);
    }

    /** When the last training ended, whatever came of it; 0: none has yet. */
    synchronized long lastTrainingEndMs() {
        return trainings.lastEndMs();
    }

    /** Whether the verdict on a training is on the topics. */
    synchronized boolean hasEnded(String runId) {
        return trainings.hasEnded(runId);
    }

    synchronized double trainingMinutesOfTheLastDay(long nowMs) {
        return trainings.minutesOfTheLastDay(nowMs);
    }

    /** Whether the champion has passed its probation. */
    synchronized boolean isConfirmed() {
        return champion != null && trainings.lastConfirmedMs() > champion.getReleasedAtMs();
    }

    /** A command is open from its acceptance to its end; an id that has ended does not open again. */
    synchronized void answered(CommandResult result) {
        CommandResult before = results.get(result.getCommandId());
        boolean ended = before != null && before.getStatus() != CommandStatus.ACCEPTED;
        if (ended || result.getStatus() == CommandStatus.UNKNOWN) {
            return;
        }
        results.put(result.getCommandId(), result);
        if (result.getStatus() == CommandStatus.FINISHED) {
            switch (result.getKind()) {
                case PAUSE -> paused = true;
                case RESUME -> paused = false;
                case RETRAIN, TUNE, PROMOTE, ROLLBACK, STATUS, UNKNOWN -> {}
            }
        }
    }

    synchronized Optional<ModelRelease> champion() {
        return Optional.ofNullable(champion);
    }

    /** As it was first released. */
    synchronized Optional<ModelRelease> version(String modelId) {
        return Optional.ofNullable(versions.get(modelId));
    }

    /** Ids of all models that can serve again, oldest first. */
    synchronized Set<String> versions() {
        return Set.copyOf(versions.keySet());
    }

    synchronized Optional<DriftReport> drift() {
        return Optional.ofNullable(drift);
    }

    /** Kafka time of the last audit that was as expected: what came later belongs to the drift. */
    synchronized long inDistributionUntilMs() {
        return inDistributionUntilMs;
    }

    /** Whether drift triggers no training, by command. */
    synchronized boolean isPaused() {
        return paused;
    }

    /** The last answer to a command. */
    synchronized Optional<CommandResult> result(String commandId) {
        return Optional.ofNullable(results.get(commandId));
    }

    /** The acceptance of the command of one of these kinds that has waited longest. */
    synchronized Optional<CommandResult> nextCommand(Set<CommandKind> kinds) {
        return results.values().stream()
                .filter(result -> result.getStatus() == CommandStatus.ACCEPTED && kinds.contains(result.getKind()))
                .findFirst();
    }

    synchronized long openCommands() {
        return results.values().stream()
                .filter(result -> result.getStatus() == CommandStatus.ACCEPTED)
                .count();
    }
}
