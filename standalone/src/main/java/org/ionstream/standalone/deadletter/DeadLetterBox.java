package org.ionstream.standalone.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;

/**
 * The dead letters of an installation. One that is replayed goes back to its topic, and a note of that to the dead-letter topic, in
 * one transaction: so it is replayed once, also if the program is stopped in the middle and started again. Not thread-safe.
 */
public final class DeadLetterBox {
    /** On a note: the place of the letter that was replayed. */
    private static final String REPLAYED = "ionstream-replayed";

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONGEST_READ = Duration.ofMinutes(5);
    private static final int LETTERS_PER_TRANSACTION = 500;

    /** What is on the dead-letter topic of a topic: the letters that wait, and how many were replayed. */
    public record Content(String topic, List<DeadLetter> waiting, int replayed) {}

    private final KafkaSettings kafka;
    private final Topics topics;

    public DeadLetterBox(KafkaSettings kafka, Topics topics) {
        this.kafka = kafka;
        this.topics = topics;
    }

    /** By topic, of all that have any; the oldest letter of a partition first. */
    public List<Content> contents() {
        return topics.all().stream()
                .map(this::content)
                .filter(content -> !content.waiting().isEmpty() || content.replayed() > 0)
                .toList();
    }

    /** @param name of the topic that the letters were read from, with or without the prefix */
    public Content content(String name) {
        return content(topic(name));
    }

    /** @throws IllegalArgumentException if the installation has no such topic */
    public Topic<?> topic(String name) {
        return topics.all().stream()
                .filter(topic -> topic.name().equals(name) || topic.name().equals(topics.prefix() + name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no topic '%s'; these have dead letters: %s"
                        .formatted(
                                name,
                                topics.all().stream()
                                        .map(topic -> topic.name()
                                                .substring(topics.prefix().length()))
                                        .toList())));
    }

    private Content content(Topic<?> topic) {
        List<DeadLetter> letters = new ArrayList<>();
        Set<String> replayed = new TreeSet<>();
        for (ConsumerRecord<byte[], byte[]> found : all(topic.deadLetters())) {
            Header note = found.headers().lastHeader(REPLAYED);
            if (note == null) {
                letters.add(DeadLetter.of(topic.name(), found));
            } else {
                replayed.add(new String(note.value(), StandardCharsets.UTF_8));
            }
        }
        letters.removeIf(letter -> replayed.contains(letter.place()));
        return new Content(topic.name(), letters, replayed.size());
    }

    private List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<byte[], byte[]>(kafka.reader())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(found -> new TopicPartition(topic, found.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + LONGEST_READ.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(records::add);
                if (System.nanoTime() > deadline) {
                    throw new KafkaException(
                            "%s was not read in %s; look at the broker".formatted(topic, LONGEST_READ));
                }
            }
        }
        return records;
    }

    /**
     * Sends letters back to their topic with the key, the bytes and the headers of an event that they came with.
     *
     * @param letters waiting ones, each with bytes
     * @throws org.apache.kafka.common.errors.ProducerFencedException if another replay of this installation has begun since
     */
    public void replay(Topic<?> topic, Collection<DeadLetter> letters) {
        List<DeadLetter> left = new ArrayList<>(letters);
        try (var producer = new KafkaProducer<byte[], byte[]>(
                kafka.transactionalProducer(topics.prefix() + "dead-letter-replay"))) {
            producer.initTransactions();
            Set<String> waiting = new TreeSet<>(); // as it is now that no other replay can change it
            content(topic).waiting().forEach(letter -> waiting.add(letter.place()));
            left.removeIf(letter -> !waiting.contains(letter.place()));
            for (int from = 0; from < left.size(); from += LETTERS_PER_TRANSACTION) {
                producer.beginTransaction();
                for (DeadLetter letter : left.subList(from, Math.min(left.size(), from + LETTERS_PER_TRANSACTION))) {
                    producer.send(letter.again().toRecord());
                    producer.send(note(topic, letter));
                }
                producer.commitTransaction();
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> note(Topic<?> topic, DeadLetter letter) {
        byte[] place = letter.place().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(
                topic.deadLetters(), null, letter.key(), null, List.of(new RecordHeader(REPLAYED, place)));
    }
}
