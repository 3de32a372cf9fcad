package org.ionstream.producer.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.UnreadableMessageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads committed results as they come and hands them to a printer. It is in no consumer group: it sees every record and
 * leaves no offsets behind. One thread constructs, watches and closes; {@link #stop} may be called from any.
 */
public final class Watcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Topics topics;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /**
     * Everything published after this constructor has returned is seen.
     *
     * @param fromBeginning also what the topics still hold
     * @throws IllegalStateException if a topic does not exist or no broker answers
     */
    public Watcher(KafkaSettings kafka, Topics topics, Set<WatchedTopic> watched, boolean fromBeginning) {
        this.topics = topics;
        this.consumer = new KafkaConsumer<>(kafka.reader());
        try {
            assign(watched, fromBeginning);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /**
     * Returns after so many results, or after {@link #stop}.
     *
     * @param count of results; 0: until stopped
     * @return results printed
     */
    public long watch(ResultPrinter printer, long count) {
        if (count < 0) {
            throw new IllegalArgumentException("count is %d; give 0 or more".formatted(count));
        }
        Map<String, Consumer<byte[]>> printing = new HashMap<>();
        printing.put(topics.predictions.name(), bytes -> printer.print(decoded(topics.predictions, bytes)));
        printing.put(topics.discrepancies.name(), bytes -> printer.print(decoded(topics.discrepancies, bytes)));
        long printed = 0;
        try {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> received : consumer.poll(POLL)) {
                    printed += printed(received, printing.get(received.topic()));
                    if (count > 0 && printed == count) {
                        return printed;
                    }
                }
            }
        } catch (WakeupException e) {
            return printed;
        }
    }

    /** Ends {@link #watch} soon. */
    public void stop() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void assign(Set<WatchedTopic> watched, boolean fromBeginning) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (WatchedTopic topic : watched) {
            partitions.addAll(partitions(topic));
        }
        consumer.assign(partitions);
        if (fromBeginning) {
            consumer.seekToBeginning(partitions);
        } else {
            consumer.seekToEnd(partitions);
        }
        partitions.forEach(consumer::position); // the seek takes effect now, not with the first poll
    }

    private List<TopicPartition> partitions(WatchedTopic watched) {
        String name = switch (watched) {
            case PREDICTIONS -> topics.predictions.name();
            case DISCREPANCIES -> topics.discrepancies.name();
        };
        List<PartitionInfo> found = found(name);
        if (found.isEmpty()) {
            throw new IllegalStateException(
                    "topic %s does not exist; check the prefix, or create the topics first".formatted(name));
        }
        return found.stream()
                .map(partition -> new TopicPartition(name, partition.partition()))
                .toList();
    }

    private List<PartitionInfo> found(String topic) {
        try {
            return consumer.partitionsFor(topic);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "no broker answered about topic %s: %s; check the bootstrap servers"
                            .formatted(topic, e.getMessage()),
                    e);
        }
    }

    private static int printed(ConsumerRecord<byte[], byte[]> received, Consumer<byte[]> printing) {
        try {
            printing.accept(received.value());
            return 1;
        } catch (UnreadableMessageException e) {
            LOG.warn(
                    "cannot read {}-{}@{}, passed over: {}",
                    received.topic(),
                    received.partition(),
                    received.offset(),
                    e.getMessage());
            return 0;
        }
    }

    private static <T extends SpecificRecord> T decoded(Topic<T> topic, byte[] bytes) {
        return topic.wire().decode(bytes);
    }
}
