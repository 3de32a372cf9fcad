package org.ionstream.trainer.retraining;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.DriftState;
import org.ionstream.schemas.message.ModelRelease;

/** What the topics say about one cell model. Written by the follower's thread, read by the trainer's. */
final class CellModelLedger {
    private final Replay replay;
    private final Map<String, String> openCommands = new LinkedHashMap<>();
    private final Set<String> endedCommands = new HashSet<>();
    private ModelRelease champion;
    private DriftReport drift;
    private long inDistributionUntilMs;

    CellModelLedger(int replayCapacity) {
        this.replay = new Replay(replayCapacity);
    }

    Replay replay() {
        return replay;
    }

    synchronized void released(ModelRelease release) {
        champion = release;
        drift = null;
        inDistributionUntilMs = 0;
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

    /** A command is open from its acceptance to its end; an id that has ended does not open again. */
    synchronized void answered(CommandResult result) {
        switch (result.getStatus()) {
            case ACCEPTED -> {
                if (!endedCommands.contains(result.getCommandId())) {
                    openCommands.putIfAbsent(result.getCommandId(), result.getDetail());
                }
            }
            case FINISHED, FAILED -> {
                endedCommands.add(result.getCommandId());
                openCommands.remove(result.getCommandId());
            }
            case REFUSED, UNKNOWN -> {}
        }
    }

    synchronized Optional<ModelRelease> champion() {
        return Optional.ofNullable(champion);
    }

    synchronized Optional<DriftReport> drift() {
        return Optional.ofNullable(drift);
    }

    /** Kafka time of the last audit that was as expected: what came later belongs to the drift. */
    synchronized long inDistributionUntilMs() {
        return inDistributionUntilMs;
    }

    /** Id and reason of the command that has waited longest. */
    synchronized Optional<Map.Entry<String, String>> nextCommand() {
        return openCommands.entrySet().stream().findFirst().map(open -> Map.entry(open.getKey(), open.getValue()));
    }
}
