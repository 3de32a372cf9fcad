package org.ionstream.standalone.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;

/**
 * The dead letters of an installation. One that is replayed goes back to its topic, and a note of that to the dead-letter topic, in
 * one transaction: so it is replayed once, also if the program is stopped in the middle and started again. However many there
 * are, only a few are in memory at a time. Not thread-safe.
 */
public final class DeadLetterBox {
    private static final int LETTERS_PER_TRANSACTION = 500;
    /** A transaction begins when its letters are together; this many bytes are held until then. */
    private static final int BYTES_PER_TRANSACTION = 8 << 20;

    /**
     * @param topic that the letters were read from
     * @param waiting letters that wait
     * @param replayed letters that were replayed
     */
    public record Counts(String topic, long waiting, long replayed) {}

    private final KafkaSettings kafka;
    private final Topics topics;

    public DeadLetterBox(KafkaSettings kafka, Topics topics) {
        this.kafka = kafka;
        this.topics = topics;
    }

    /** Those of the installation. */
    public List<Topic<?>> topics() {
        return topics.all();
    }

    /**
     * @param name of the topic that the letters were read from, with or without the prefix
     * @throws IllegalArgumentException if the installation has no such topic
     */
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

    /** Hands over each letter of a topic that waits, one at a time, the oldest of a partition first. */
    public Counts read(Topic<?> topic, Consumer<DeadLetter> reader) {
        try (DeadLetterLook look = new DeadLetterLook(kafka, topic)) {
            return look.through(reader);
        }
    }

    /**
     * Sends letters back to their topic with the key, the bytes and the headers of an event that they came with.
     *
     * @param which of those that wait; each has bytes
     * @param sent is told of each letter once its transaction is committed
     * @throws org.apache.kafka.common.errors.ProducerFencedException if another replay of this installation has begun since
     */
    public void replay(Topic<?> topic, Predicate<DeadLetter> which, Consumer<DeadLetter> sent) {
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka.transactionalProducer(topics.prefix() + "dead-letter-replay"))) {
            producer.initTransactions(); // from now on no other replay can change what waits
            List<DeadLetter> chosen = new ArrayList<>();
            read(topic, letter -> {
                if (!which.test(letter)) {
                    return;
                }
                chosen.add(letter);
                if (chosen.size() >= LETTERS_PER_TRANSACTION || bytes(chosen) >= BYTES_PER_TRANSACTION) {
                    send(topic, chosen, producer);
                    chosen.forEach(sent);
                    chosen.clear();
                }
            });
            send(topic, chosen, producer);
            chosen.forEach(sent);
        }
    }

    private static long bytes(List<DeadLetter> letters) {
        return letters.stream().mapToLong(DeadLetter::bytes).sum();
    }

    private static void send(Topic<?> topic, List<DeadLetter> letters, Producer<byte[], byte[]> producer) {
        if (letters.isEmpty()) {
            return;
        }
        producer.beginTransaction();
        for (DeadLetter letter : letters) {
            producer.send(letter.again().toRecord());
            producer.send(note(topic, letter));
        }
        producer.commitTransaction();
    }

    private static ProducerRecord<byte[], byte[]> note(Topic<?> topic, DeadLetter letter) {
        byte[] place = letter.place().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(
                topic.deadLetters(),
                null,
                letter.key(),
                null,
                List.of(new RecordHeader(DeadLetterLook.REPLAYED, place)));
    }
}
