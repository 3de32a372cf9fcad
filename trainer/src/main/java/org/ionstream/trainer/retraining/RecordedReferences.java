package org.ionstream.trainer.retraining;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.TopicFollower;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.stream.WatchedThread;

/** Uniformly audited references as they are on their topic, all that are still kept there. */
final class RecordedReferences {
    private static final Duration LONGEST_READ = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final KafkaSettings kafka;
    private final Topics topics;

    RecordedReferences(KafkaSettings kafka, Topics topics) {
        this.kafka = kafka;
        this.topics = topics;
    }

    /** By protocol id, those of the wanted ones that are there; reads the whole topic. */
    Map<String, Replay.Entry> byId(String cellModel, Set<String> wanted) {
        Map<String, Replay.Entry> found = new HashMap<>();
        TopicFollower follower = new TopicFollower("recorded-references", kafka);
        follower.follow(topics.references, (reference, at) -> {
            if (reference.getReason() == AuditReason.UNIFORM
                    && reference.getCellModel().equals(cellModel)
                    && wanted.contains(reference.getId())) {
                found.put(reference.getId(), new Replay.Entry(reference, at.offset(), at.timestamp()));
            }
        });
        WatchedThread thread = new WatchedThread("recorded-references", follower);
        thread.start();
        long deadline = System.nanoTime() + LONGEST_READ.toNanos();
        while (!follower.isCaughtUp()
                && thread.isAlive()
                && !Thread.currentThread().isInterrupted()
                && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
        follower.stop();
        thread.join(LONGEST_READ);
        return found;
    }
}
