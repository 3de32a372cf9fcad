package org.ionstream.standalone.doctor;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.UnreadableMessageException;

/** Whether this version reads what lies on the topics, by the newest record of each partition, and whether clocks agree. */
final class MessagesCheck {
    private static final String PLACE = "messages";
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** The last offsets may be marks of transactions. */
    private static final int LOOK_BACK = 20;

    private static final long LARGEST_SKEW_MS = 1_000;

    private final Topics topics;
    private final Consumer<byte[], byte[]> reader;
    private final Clock clock;

    /** @param reader of committed records; the caller closes it */
    MessagesCheck(Topics topics, Consumer<byte[], byte[]> reader, Clock clock) {
        this.topics = topics;
        this.reader = reader;
        this.clock = clock;
    }

    List<Finding> look(Set<String> present) {
        List<Finding> findings = new ArrayList<>();
        int read = 0;
        long latest = Long.MIN_VALUE;
        for (Topic<?> topic : topics.all()) {
            if (!present.contains(topic.name())) {
                continue;
            }
            for (ConsumerRecord<byte[], byte[]> newest : newest(topic.name())) {
                latest = Math.max(latest, newest.timestamp());
                read++;
                unreadable(topic, newest, findings);
            }
        }
        if (findings.isEmpty()) {
            findings.add(
                    Finding.ok(PLACE, "the newest record of each partition is understood, %d in all".formatted(read)));
        }
        if (read > 0) {
            findings.add(clocks(latest - clock.millis()));
        }
        return findings;
    }

    private void unreadable(Topic<?> topic, ConsumerRecord<byte[], byte[]> newest, List<Finding> findings) {
        try {
            if (newest.value() != null) {
                topic.wire().decode(newest.value());
            }
        } catch (UnreadableMessageException e) {
            String found =
                    "%s-%d@%d: %s".formatted(newest.topic(), newest.partition(), newest.offset(), e.getMessage());
            boolean ofUsers = topic == topics.stimuli || topic == topics.commands;
            findings.add(
                    ofUsers
                            ? Finding.warn(
                                    PLACE,
                                    found,
                                    "it is a dead letter; tell its sender, the schema is printed by ionstream schema")
                            : Finding.fail(
                                    PLACE,
                                    found,
                                    "another program or a later version writes this topic; update this one, or stop that"));
        }
    }

    private static Finding clocks(long aheadMs) {
        String found = aheadMs > 0
                ? "the newest record is %.1f s in the future of this machine's clock".formatted(aheadMs / 1e3)
                : "no record is of the future, the newest is %.1f s old".formatted(-aheadMs / 1e3);
        return aheadMs > LARGEST_SKEW_MS
                ? Finding.warn(
                        "clock",
                        found,
                        "have all machines ask the same time server: latencies and windows are wrong by that")
                : Finding.ok("clock", found);
    }

    private List<ConsumerRecord<byte[], byte[]>> newest(String topic) {
        List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                .map(found -> new TopicPartition(topic, found.partition()))
                .toList();
        reader.assign(partitions);
        Map<TopicPartition, Long> begin = reader.beginningOffsets(partitions);
        Map<TopicPartition, Long> end = reader.endOffsets(partitions);
        partitions.forEach(
                partition -> reader.seek(partition, Math.max(begin.get(partition), end.get(partition) - LOOK_BACK)));
        Map<TopicPartition, ConsumerRecord<byte[], byte[]>> newest = new HashMap<>();
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (partitions.stream().anyMatch(partition -> reader.position(partition) < end.get(partition))) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the end of %s is not reached in %s".formatted(topic, LONGEST));
            }
            reader.poll(POLL)
                    .forEach(received -> newest.put(new TopicPartition(topic, received.partition()), received));
        }
        return List.copyOf(newest.values());
    }
}
