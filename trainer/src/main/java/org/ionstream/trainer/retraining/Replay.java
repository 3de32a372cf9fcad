package org.ionstream.trainer.retraining;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.ionstream.schemas.message.ReferenceSolution;

/** The newest uniformly audited references of one cell model, bounded; rebuilt from the references topic at start. */
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

    synchronized void add(Entry entry) {
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
