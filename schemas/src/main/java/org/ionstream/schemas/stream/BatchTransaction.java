package org.ionstream.schemas.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Answers, and the offsets of the records that they answer, which are committed together (KIP-447): those of one batch or of
 * several. Committing takes some ten milliseconds whatever is committed, and meanwhile nothing is answered; so at full speed
 * several batches share it, and the answers of one are on their way while the next is answered.
 *
 * <p>Before partitions go to another member of the group it is committed, while they are still its own: the next reader goes on
 * behind it. If they are lost already, it fails and is aborted as a whole.
 *
 * <p>Of the thread that owns the clients.
 */
final class BatchTransaction implements ConsumerRebalanceListener, AutoCloseable {
    /** Those who read behind an open transaction wait for it. */
    static final Duration LONGEST = Duration.ofMillis(500);
    /** Answers are held until they are committed, for those who count. */
    static final long MOST_BYTES = 64 << 20;

    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final BatchWatch watch;
    private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    private final List<Outgoing> sent = new ArrayList<>();
    private int batches;
    private int records;
    private long bytes;
    private long beganNs;
    private Duration answering = Duration.ZERO;
    private Duration sending = Duration.ZERO;

    /** @param watch is told of what is on the log */
    BatchTransaction(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer, BatchWatch watch) {
        this.consumer = consumer;
        this.producer = producer;
        this.watch = watch;
    }

    boolean isOpen() {
        return batches > 0;
    }

    int batches() {
        return batches;
    }

    /** Whether it has lasted, or holds, as much as it may. */
    boolean isLong() {
        return isOpen() && (bytes >= MOST_BYTES || System.nanoTime() - beganNs >= LONGEST.toNanos());
    }

    /**
     * Begins with the first batch.
     *
     * @param took the stage for its answers
     */
    void add(ConsumerRecords<byte[], byte[]> polled, List<Outgoing> answers, Duration took) {
        long sendingNs = System.nanoTime();
        if (!isOpen()) {
            beganNs = sendingNs;
            producer.beginTransaction();
        }
        batches++;
        records += polled.count();
        offsets.putAll(polled.nextOffsets());
        answering = answering.plus(took);
        orAbort(() -> answers.forEach(this::send));
        sending = sending.plusNanos(System.nanoTime() - sendingNs);
    }

    /** @return false if it was not open */
    boolean commit() {
        if (!isOpen()) {
            return false;
        }
        long committingNs = System.nanoTime();
        orAbort(() -> {
            producer.sendOffsetsToTransaction(Map.copyOf(offsets), consumer.groupMetadata());
            producer.commitTransaction();
        });
        Duration committing = sending.plusNanos(System.nanoTime() - committingNs);
        BatchWatch.Batch batch = new BatchWatch.Batch(records, List.copyOf(sent), answering, committing);
        clear();
        watch.committed(batch);
        return true;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        commit();
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        if (isOpen()) {
            close();
            throw new KafkaException("the group gave %s to others before they were committed".formatted(partitions));
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        // they are read from their committed offsets on
    }

    /** Aborts what is not committed. */
    @Override
    public void close() {
        if (isOpen()) {
            clear();
            producer.abortTransaction();
        }
    }

    private void send(Outgoing answer) {
        producer.send(answer.toRecord());
        sent.add(answer);
        bytes += answer.value() == null ? 0 : answer.value().length;
    }

    private void orAbort(Runnable step) {
        try {
            step.run();
        } catch (KafkaException e) {
            try {
                close();
            } catch (KafkaException second) {
                e.addSuppressed(
                        second); // fenced or broker lost: the coordinator aborts it when the next producer begins
            }
            throw e;
        }
    }

    private void clear() {
        offsets.clear();
        sent.clear();
        batches = 0;
        records = 0;
        bytes = 0;
        answering = Duration.ZERO;
        sending = Duration.ZERO;
    }
}
