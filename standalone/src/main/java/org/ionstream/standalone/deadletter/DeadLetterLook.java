package org.ionstream.standalone.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topic;

/**
 * One look through a dead-letter topic, up to where it ended when the look began. It goes through the topic twice, first for
 * the notes of what was replayed, and holds a few records and one bit per letter, however long the topic is. Not thread-safe.
 */
final class DeadLetterLook implements AutoCloseable {
    /** On a note: the place of the letter that was replayed. */
    static final String REPLAYED = "ionstream-replayed";

    private static final Pattern PLACE = Pattern.compile("(\\d{1,9})@(\\d{1,18})");
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);
    /** Of up to {@link KafkaSettings#LARGEST_RECORD_BYTES} each, however small they were compressed. */
    private static final int RECORDS_PER_POLL = 8;

    private final String origin;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> begins;
    private final Map<TopicPartition, Long> ends;
    /** By partition, bit i for the letter at its beginning + i. */
    private final Map<Integer, BitSet> replayed = new HashMap<>();

    private long waiting;
    private long notes;

    DeadLetterLook(KafkaSettings kafka, Topic<?> topic) {
        Properties reader = kafka.reader();
        reader.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_POLL);
        this.origin = topic.name();
        this.consumer = new KafkaConsumer<>(reader);
        this.partitions = consumer.partitionsFor(topic.deadLetters()).stream()
                .map(found -> new TopicPartition(found.topic(), found.partition()))
                .toList();
        this.begins = consumer.beginningOffsets(partitions);
        this.ends = consumer.endOffsets(partitions);
        consumer.assign(partitions);
    }

    /** Hands over each letter that waits, the oldest of a partition first. */
    DeadLetterBox.Counts through(Consumer<DeadLetter> reader) {
        eachRecord(this::takeNote);
        eachRecord(found -> {
            DeadLetter.read(origin, found).filter(letter -> !isReplayed(found)).ifPresent(letter -> {
                waiting++;
                reader.accept(letter);
            });
        });
        return new DeadLetterBox.Counts(origin, waiting, notes);
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void eachRecord(Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        consumer.seekToBeginning(partitions);
        long heardNs = System.nanoTime();
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> found : polled) {
                if (found.offset() < ends.get(new TopicPartition(found.topic(), found.partition()))) {
                    reader.accept(found);
                }
            }
            if (!polled.isEmpty()) {
                heardNs = System.nanoTime();
            } else if (System.nanoTime() - heardNs > LONGEST_SILENCE.toNanos()) {
                throw new KafkaException("no record of the dead letters of %s came in %s; look at the broker"
                        .formatted(origin, LONGEST_SILENCE));
            }
        }
    }

    private void takeNote(ConsumerRecord<byte[], byte[]> found) {
        Header note = found.headers().lastHeader(REPLAYED);
        if (note == null) {
            return;
        }
        Matcher place = PLACE.matcher(new String(note.value(), StandardCharsets.UTF_8));
        if (!place.matches()) {
            return;
        }
        notes++;
        TopicPartition partition = new TopicPartition(found.topic(), Integer.parseInt(place.group(1)));
        long offset = Long.parseLong(place.group(2));
        if (ends.containsKey(partition) && offset >= begins.get(partition) && offset < ends.get(partition)) {
            replayed.computeIfAbsent(partition.partition(), first -> new BitSet())
                    .set(Math.toIntExact(offset - begins.get(partition)));
        }
    }

    private boolean isReplayed(ConsumerRecord<byte[], byte[]> found) {
        BitSet ofPartition = replayed.get(found.partition());
        long begin = begins.get(new TopicPartition(found.topic(), found.partition()));
        return ofPartition != null && ofPartition.get(Math.toIntExact(found.offset() - begin));
    }
}
