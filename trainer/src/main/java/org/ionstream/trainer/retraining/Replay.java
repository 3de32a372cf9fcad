package org.ionstream.trainer.retraining;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.UnreadableMessageException;

/**
 * The newest uniformly audited references of one cell model under its published conditions, bounded; rebuilt from the
 * references topic at start. References with other parameters or initial states belong to another problem than the one the
 * surrogate learns; they are neither trained on nor counted as fresh.
 */
final class Replay {
    /**
     * A reference and where it stands in the log.
     *
     * @param atMs Kafka timestamp
     */
    record Entry(ReferenceSolution reference, long offset, long atMs) {}

    private final int capacity;
    private final Deque<Entry> newestLast = new ArrayDeque<>();

    Replay(int capacity) {
        this.capacity = capacity;
    }

    /** @throws UnreadableMessageException if the reference's protocol breaks a rule */
    synchronized void add(Entry entry) {
        if (!Stimulus.of(entry.reference().getProtocol()).conditions().arePublished()) {
            return;
        }
        if (newestLast.size() == capacity) {
            newestLast.removeFirst();
        }
        newestLast.addLast(entry);
    }

    synchronized List<Entry> since(long atMs) {
        return newestLast.stream().filter(entry -> entry.atMs() >= atMs).toList();
    }

    synchronized List<Entry> all() {
        return new ArrayList<>(newestLast);
    }
}
