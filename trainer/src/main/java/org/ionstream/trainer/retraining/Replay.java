package org.ionstream.trainer.retraining;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
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

    /** The same for the same references. */
    static String digest(List<Entry> entries) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            entries.stream()
                    .map(entry -> entry.reference().getId())
                    .sorted()
                    .forEach(id -> digest.update((id + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

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
