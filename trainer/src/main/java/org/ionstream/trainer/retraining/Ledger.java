package org.ionstream.trainer.retraining;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.UnreadableMessageException;
import org.ionstream.surrogate.model.Champion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topics that the trainer's decisions rest on, from their beginning: releases, drift, past trainings,
 * answered commands, references. A restart reads them again, so the trainer keeps nothing of its own.
 */
final class Ledger implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_ECHO = Duration.ofSeconds(30);

    /** A followed topic and what a message of it changes. */
    private record Followed<T extends SpecificRecord>(
            Topic<T> topic, BiConsumer<T, ConsumerRecord<byte[], byte[]>> entry) {
        void read(ConsumerRecord<byte[], byte[]> received) {
            entry.accept(topic.wire().decode(received.value()), received);
        }
    }

    private final KafkaSettings kafka;
    private final Map<String, CellModelLedger> byCellModel = new LinkedHashMap<>();
    private final Map<String, Followed<?>> followed = new LinkedHashMap<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicBoolean caughtUp = new AtomicBoolean();

    Ledger(KafkaSettings kafka, Topics topics, List<CellModel> cellModels, int replayCapacity) {
        this.kafka = kafka;
        cellModels.forEach(model -> byCellModel.put(model.id(), new CellModelLedger(replayCapacity)));
        follow(topics.models, (release, at) -> {
            if (release.getAlias().equals(Champion.ALIAS)) {
                of(release.getCellModel()).released(release);
            } else {
                of(release.getCellModel()).knows(release);
            }
        });
        follow(topics.drift, (report, at) -> of(report.getCellModel()).reported(report));
        follow(topics.training, (report, at) -> of(report.getCellModel()).reported(report));
        follow(topics.commandResults, (result, at) -> of(result.getCellModel()).answered(result));
        follow(topics.references, (reference, at) -> {
            if (reference.getReason() == AuditReason.UNIFORM) {
                of(reference.getCellModel()).replay().add(new Replay.Entry(reference, at.offset(), at.timestamp()));
            }
        });
    }

    private <T extends SpecificRecord> void follow(
            Topic<T> topic, BiConsumer<T, ConsumerRecord<byte[], byte[]>> entry) {
        followed.put(topic.name(), new Followed<>(topic, entry));
    }

    /** Of a cell model this trainer is not in charge of: something that is never looked at. */
    CellModelLedger of(String cellModel) {
        CellModelLedger ledger = byCellModel.get(cellModel);
        return ledger == null ? new CellModelLedger(1) : ledger;
    }

    /** Last answer to a command. */
    Optional<CommandResult> result(String commandId) {
        return byCellModel.values().stream()
                .flatMap(ledger -> ledger.result(commandId).stream())
                .findFirst();
    }

    /** True once everything that was on the topics at start has been read. */
    boolean isCaughtUp() {
        return caughtUp.get();
    }

    /** Until the release just published has come back; else the old champion's drift would trigger once more. */
    void awaitChampion(CellModel cellModel, String modelId) {
        long deadline = System.nanoTime() + LONGEST_ECHO.toNanos();
        while (System.nanoTime() < deadline
                && !of(cellModel.id()).champion().map(ModelRelease::getModelId).equals(Optional.of(modelId))) {
            LockSupport.parkNanos(POLL.toNanos() / 10);
        }
    }

    void stop() {
        stopping.set(true);
    }

    @Override
    public void run() {
        Map<TopicPartition, Long> positions = new LinkedHashMap<>();
        while (!stopping.get()) {
            try {
                follow(positions);
            } catch (KafkaException e) {
                LOG.warn("the trainer lost its broker, tries again in {}: {}", PAUSE, e.toString());
                try {
                    Thread.sleep(PAUSE.toMillis());
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }

    private void follow(Map<TopicPartition, Long> positions) {
        try (var consumer = new KafkaConsumer<byte[], byte[]>(kafka.reader())) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            positions.forEach(consumer::seek);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            while (!stopping.get()) {
                for (ConsumerRecord<byte[], byte[]> received : consumer.poll(POLL)) {
                    read(received);
                }
                partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
                if (!caughtUp.get()
                        && end.entrySet().stream().allMatch(e -> positions.get(e.getKey()) >= e.getValue())) {
                    caughtUp.set(true);
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
        Followed<?> topic = followed.get(received.topic());
        try {
            topic.read(received);
        } catch (UnreadableMessageException e) {
            // Its dead letter is written by the stage that owns the topic.
            LOG.warn("{}-{}@{}: {}", received.topic(), received.partition(), received.offset(), e.getMessage());
        }
    }
}
