package org.ionstream.trainer.retraining;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.protocol.Stimulus;

/**
 * Uniformly audited references of one cell model under its published conditions, bounded: the newest ones, and of the older
 * ones a uniform sample, which goes by a hash of the protocol's id. So it is the same for the same references on the topic, from
 * which it is rebuilt at start. References with other parameters or initial states belong to another problem than the one the
 * surrogate learns; they are neither trained on nor counted as fresh.
 */
final class Replay {
    /** Of the capacity. */
    private static final double SHARE_OF_OLDER = 0.25;

    /**
     * A reference and where it stands in the log.
     *
     * @param atMs Kafka timestamp
     */
    record Entry(ReferenceSolution reference, long offset, long atMs) {}

    /** By time on the log and not as they were read: a restart reads the partitions in another order. */
    private static final Comparator<Entry> OLDEST_FIRST = Comparator.comparingLong(Entry::atMs)
            .thenComparing(entry -> entry.reference().getId());

    private final int newest;
    private final int older;
    private final PriorityQueue<Entry> recent = new PriorityQueue<>(OLDEST_FIRST);
    /** By hash of the protocol's id. */
    private final TreeMap<String, Entry> sample = new TreeMap<>();

    Replay(int capacity) {
        this.older = (int) (SHARE_OF_OLDER * capacity);
        this.newest = capacity - older;
    }

    /** @throws UnreadableMessageException if the reference's protocol breaks a rule */
    synchronized void add(Entry entry) {
        if (!Stimulus.of(entry.reference().getProtocol()).conditions().arePublished()) {
            return;
        }
        recent.add(entry);
        if (recent.size() > newest) {
            keep(recent.poll());
        }
    }

    /** The smallest hashes are a uniform sample of all. */
    private void keep(Entry entry) {
        sample.put(hash(List.of(entry.reference().getId())), entry);
        if (sample.size() > older) {
            sample.pollLastEntry();
        }
    }

    synchronized List<Entry> since(long atMs) {
        return all().stream().filter(entry -> entry.atMs() >= atMs).toList();
    }

    /** Oldest first. */
    synchronized List<Entry> all() {
        List<Entry> all = new ArrayList<>(sample.values());
        all.addAll(recent);
        all.sort(OLDEST_FIRST);
        return all;
    }

    /** Names a list of protocol ids. */
    static String hash(List<String> ids) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ids.forEach(id -> digest.update((id + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
