package org.ionstream.trainer.retraining;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.TopicFollower;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.surrogate.model.Champion;
import org.ionstream.surrogate.model.ReleaseKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topics that the trainer's decisions rest on, from their beginning: releases, drift, past trainings,
 * answered commands, references. A restart reads them again, so the trainer keeps nothing of its own.
 */
final class Ledger implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration LONGEST_ECHO = Duration.ofSeconds(30);

    private final Map<String, CellModelLedger> byCellModel = new LinkedHashMap<>();
    private final TopicFollower follower;
    private final RecordedReferences recorded;

    Ledger(KafkaSettings kafka, Topics topics, List<CellModel> cellModels, ReleaseKeys keys, int replayCapacity) {
        this.follower = new TopicFollower("trainer-ledger", kafka);
        this.recorded = new RecordedReferences(kafka, topics);
        cellModels.forEach(model -> byCellModel.put(model.id(), new CellModelLedger(replayCapacity)));
        follower.follow(topics.models, (release, at) -> {
            if (!keys.isTrusted(release)) {
                LOG.warn(
                        "the release of {} at offset {} is not to be trusted, so it is none",
                        release.getModelId(),
                        at.offset());
            } else if (release.getAlias().equals(Champion.ALIAS)) {
                of(release.getCellModel()).released(release);
            } else {
                of(release.getCellModel()).knows(release);
            }
        });
        follower.follow(topics.drift, (report, at) -> of(report.getCellModel()).reported(report));
        follower.follow(
                topics.training, (report, at) -> of(report.getCellModel()).reported(report));
        follower.follow(
                topics.commandResults, (result, at) -> of(result.getCellModel()).answered(result));
        follower.follow(topics.references, (reference, at) -> {
            if (reference.getReason() == AuditReason.UNIFORM) {
                of(reference.getCellModel()).replay().add(new Replay.Entry(reference, at.offset(), at.timestamp()));
            }
        });
    }

    /** Of a cell model this trainer is not in charge of: something that is never looked at. */
    CellModelLedger of(String cellModel) {
        CellModelLedger ledger = byCellModel.get(cellModel);
        return ledger == null ? new CellModelLedger(1) : ledger;
    }

    /** Last answer to a command. */
    Optional<CommandResult> result(String commandId) {
        return byCellModel.values().stream()
                .flatMap(ledger -> ledger.result(commandId).stream())
                .findFirst();
    }

    /** True once everything that was on the topics at start has been read. */
    boolean isCaughtUp() {
        return follower.isCaughtUp();
    }

    /** By protocol id: also those that the replay no longer holds, as long as they are on their topic. */
    Map<String, Replay.Entry> recorded(String cellModel, Set<String> ids) {
        return recorded.byId(cellModel, ids);
    }

    /** Until the release just published has come back; else the old champion's drift would trigger once more. */
    void awaitChampion(CellModel cellModel, String modelId) {
        long deadline = System.nanoTime() + LONGEST_ECHO.toNanos();
        while (System.nanoTime() < deadline
                && !of(cellModel.id()).champion().map(ModelRelease::getModelId).equals(Optional.of(modelId))) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    void stop() {
        follower.stop();
    }

    @Override
    public void run() {
        follower.run();
    }
}
