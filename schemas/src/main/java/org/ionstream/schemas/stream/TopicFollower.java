package org.ionstream.schemas.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ionstream.schemas.wire.UnreadableMessageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics from their beginning and follows them, for those who keep in memory what the log says: a restart reads it again.
 * It keeps no offsets. A lost broker is waited for; a message that cannot be read is passed over, as its dead letter is
 * written by the stage that owns the topic.
 *
 * <p>One thread runs it; {@link #stop} and {@link #isCaughtUp} are for the others.
 */
public final class TopicFollower implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /**
     * What a record of a topic changes.
     *
     * @param newest of the records that are there already, in each partition, this many are read
     */
    private record Followed(long newest, Consumer<ConsumerRecord<byte[], byte[]>> reader) {}

    private final String name;
    private final KafkaSettings kafka;
    private final Map<String, Followed> followed = new LinkedHashMap<>();
    private final Map<TopicPartition, Long> positions = new LinkedHashMap<>();
    private volatile boolean stopping;
    private volatile boolean caughtUp;
    private boolean stopsAtEnd;

    /** @param name who reads, for the log */
    public TopicFollower(String name, KafkaSettings kafka) {
        this.name = name;
        this.kafka = kafka;
    }

    /**
     * Before it runs.
     *
     * @param reader called for each message, on the thread that runs this
     */
    public <T extends SpecificRecord> void follow(
            Topic<T> topic, BiConsumer<T, ConsumerRecord<byte[], byte[]>> reader) {
        follow(topic, Long.MAX_VALUE, reader);
    }

    /** The same for what is written from now on alone. */
    public <T extends SpecificRecord> void followNew(
            Topic<T> topic, BiConsumer<T, ConsumerRecord<byte[], byte[]>> reader) {
        follow(topic, 0, reader);
    }

    /**
     * The same for records as they are, such as dead letters.
     *
     * @param newest of those that are there already, in each partition, how many are read
     */
    public void followRecords(String topic, long newest, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        followed.put(topic, new Followed(newest, reader));
    }

    private <T extends SpecificRecord> void follow(
            Topic<T> topic, long newest, BiConsumer<T, ConsumerRecord<byte[], byte[]>> reader) {
        followRecords(
                topic.name(), newest, received -> reader.accept(topic.wire().decode(received.value()), received));
    }

    /** True once everything that was on the topics at start has been read. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    public void stop() {
        stopping = true;
    }

    /** Runs on this thread until everything that was there at the start has been read; {@link #run} goes on from there. */
    public void readToEnd() {
        stopsAtEnd = true;
        run();
        stopsAtEnd = false;
    }

    private boolean goesOn() {
        return !stopping && !(stopsAtEnd && caughtUp);
    }

    @Override
    public void run() {
        while (goesOn()) {
            try {
                follow();
            } catch (KafkaException e) {
                LOG.warn("{} lost its broker, tries again in {}: {}", name, PAUSE, e.toString());
                try {
                    Thread.sleep(PAUSE.toMillis());
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }

    private void follow() {
        PollLimit limit = new PollLimit();
        try (var consumer = new KafkaConsumer<>(kafka.reader(), new ByteArrayDeserializer(), limit)) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            Map<TopicPartition, Long> begin = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            end.forEach((partition, at) -> consumer.seek(
                    partition,
                    Math.max(
                            begin.get(partition),
                            at - followed.get(partition.topic()).newest())));
            positions.forEach(consumer::seek);
            while (goesOn()) {
                for (ConsumerRecord<byte[], byte[]> received : limit.poll(consumer, POLL)) {
                    read(received);
                }
                partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
                if (!caughtUp && end.entrySet().stream().allMatch(e -> positions.get(e.getKey()) >= e.getValue())) {
                    caughtUp = true;
                }
            }
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : followed.keySet()) {
            consumer.partitionsFor(topic)
                    .forEach(found -> partitions.add(new TopicPartition(topic, found.partition())));
        }
        return partitions;
    }

    private void read(ConsumerRecord<byte[], byte[]> received) {
        try {
            followed.get(received.topic()).reader().accept(received);
        } catch (UnreadableMessageException e) {
            LOG.warn("{}-{}@{}: {}", received.topic(), received.partition(), received.offset(), e.getMessage());
        }
    }
}
