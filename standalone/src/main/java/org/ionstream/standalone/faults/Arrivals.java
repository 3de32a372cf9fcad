package org.ionstream.standalone.faults;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.ionstream.schemas.stream.KafkaSettings;

/**
 * Committed records of a topic as a user receives them: how often each id, and how long it took. Runs on a
 * thread of its own.
 */
final class Arrivals implements Runnable {
    private static final Duration POLL = Duration.ofMillis(20);

    private final KafkaSettings kafka;
    private final String topic;
    private final Map<String, Long> publishedNs;
    private final Map<String, Integer> timesById = new HashMap<>();
    private Map<TopicPartition, Long> positions = Map.of();
    private long longestWaitNs;
    private volatile boolean stopping;

    /** @param publishedNs when the protocol of each id was sent, as {@link System#nanoTime} says */
    Arrivals(KafkaSettings kafka, String topic, Map<String, Long> publishedNs) {
        this.kafka = kafka;
        this.publishedNs = publishedNs;
        this.topic = topic;
    }

    String topic() {
        return topic;
    }

    synchronized boolean haveAll(Set<String> ids) {
        return timesById.keySet().containsAll(ids);
    }

    /** Whether all before these offsets has been read. */
    synchronized boolean isBehind(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    /** What has come against what should have. */
    synchronized FaultReport.Tally tally(Set<String> wanted) {
        return new FaultReport.Tally(
                wanted.size(),
                wanted.stream().filter(id -> !timesById.containsKey(id)).count(),
                timesById.values().stream().filter(times -> times > 1).count(),
                timesById.keySet().stream().filter(id -> !wanted.contains(id)).count());
    }

    /** Different ones. */
    synchronized int ids() {
        return timesById.size();
    }

    /** Of those that arrive from now on. */
    synchronized void forgetWaits() {
        longestWaitNs = 0;
    }

    /** From publishing to arrival. */
    synchronized double longestWaitSeconds() {
        return longestWaitNs / 1e9;
    }

    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        try (var consumer = new KafkaConsumer<byte[], byte[]>(kafka.reader())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(found -> new TopicPartition(topic, found.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!stopping) {
                for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
                    arrived(new String(found.key(), StandardCharsets.UTF_8));
                }
                readUpTo(partitions.stream().collect(Collectors.toMap(Function.identity(), consumer::position)));
            }
        }
    }

    private synchronized void arrived(String id) {
        Long sentNs = publishedNs.get(id);
        if (sentNs != null) {
            longestWaitNs = Math.max(longestWaitNs, System.nanoTime() - sentNs);
        }
        timesById.merge(id, 1, Integer::sum);
    }

    private synchronized void readUpTo(Map<TopicPartition, Long> offsets) {
        positions = offsets;
    }
}
