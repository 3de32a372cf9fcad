package org.ionstream.schemas.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ionstream.schemas.message.Command;
import org.ionstream.schemas.message.CommandKind;
import org.ionstream.schemas.wire.UnreadableMessageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop runs in the test's own thread, over Kafka's mock clients; the stage stops it when it has seen enough. */
@Timeout(20)
class BatchLoopTest {
    private static final String GROUP = "commands";
    private static final byte[] POISON = {1, 2, 3};

    private final Topics topics = Topics.standard();
    private final TopicPartition partition = new TopicPartition(topics.commands.name(), 0);
    private final List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();
    private final List<MockConsumer<byte[], byte[]>> consumers = new ArrayList<>();
    private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();
    private final List<List<String>> batches = new ArrayList<>();
    private final List<String> watched = new ArrayList<>();
    /** Run by the polls after the first one. */
    private final List<Runnable> laterPolls = new ArrayList<>();

    private RuntimeException firstCommitFails;
    private int largestBatch = 100;
    private int mostBatches = 1;
    private BatchLoop<String> loop;

    @BeforeEach
    void runTheStageOnCommands() {
        loop = loop(new Inlet<>(topics.commands, (command, arrival) -> command.getId()));
    }

    @Test
    void shouldSendAnswersAndOffsetsInOneTransaction() {
        append("c1", "c2");

        loop.run();

        MockProducer<byte[], byte[]> producer = producers.get(0);
        assertThat(batches).containsExactly(List.of("c1", "c2"));
        assertThat(producer.commitCount()).isEqualTo(1);
        assertThat(producer.history()).extracting(ProducerRecord::topic).containsExactly("answers", "answers");
        assertThat(offsets(producer)).containsExactly(2L);
        assertThat(consumers.get(0).closed()).isTrue();
        assertThat(producer.closed()).isTrue();
    }

    @Test
    void shouldSendAPoisonRecordToTheDeadLettersInTheSameTransaction() {
        append("c1");
        append("key".getBytes(StandardCharsets.UTF_8), POISON);
        append("c2");

        loop.run();

        MockProducer<byte[], byte[]> producer = producers.get(0);
        assertThat(batches).containsExactly(List.of("c1", "c2"));
        assertThat(producer.commitCount()).isEqualTo(1);
        assertThat(offsets(producer)).containsExactly(3L);
        ProducerRecord<byte[], byte[]> letter = producer.history().get(2);
        assertThat(letter.topic()).isEqualTo("ionstream.commands.v1.dlq");
        assertThat(letter.key()).isEqualTo("key".getBytes(StandardCharsets.UTF_8));
        assertThat(letter.value()).isEqualTo(POISON);
        assertThat(header(letter, DeadLetters.ORIGIN)).isEqualTo("ionstream.commands.v1-0@1");
        assertThat(header(letter, DeadLetters.STAGE)).isEqualTo(GROUP);
        assertThat(header(letter, DeadLetters.REASON)).contains("3 bytes are not a Command");
    }

    @Test
    void shouldSendWhatBreaksARuleToTheDeadLetters() {
        loop = loop(new Inlet<>(topics.commands, (command, arrival) -> {
            if (command.getId().equals("bad")) {
                throw new UnreadableMessageException("no command is called bad");
            }
            return command.getId();
        }));
        append("bad", "c1");

        loop.run();

        assertThat(header(producers.get(0).history().get(1), DeadLetters.REASON))
                .isEqualTo("no command is called bad");
    }

    @Test
    void shouldLeaveDeadLettersOfATopicItReadsAlongToTheOwner() {
        loop = loop(Inlet.readingAlong(topics.commands, (command, arrival) -> command.getId()));
        append("key".getBytes(StandardCharsets.UTF_8), POISON);
        append("c1");

        loop.run();

        assertThat(producers.get(0).history()).extracting(ProducerRecord::topic).containsExactly("answers");
        assertThat(offsets(producers.get(0))).containsExactly(2L);
    }

    @Test
    void shouldAbortAFailedTransactionAndReadTheBatchAgain() {
        firstCommitFails = new KafkaException("the coordinator is gone");
        append("c1", "c2");
        loop = loop(new Inlet<>(topics.commands, (command, arrival) -> command.getId()), 2);

        loop.run();

        assertThat(batches).containsExactly(List.of("c1", "c2"), List.of("c1", "c2"));
        assertThat(producers.get(0).transactionAborted()).isTrue();
        assertThat(producers.get(0).history()).isEmpty();
        assertThat(producers.get(0).closed()).isTrue();
        assertThat(consumers.get(0).closed()).isTrue();
        assertThat(producers.get(1).history()).hasSize(2);
        assertThat(offsets(producers.get(1))).containsExactly(2L);
        assertThat(watched)
                .as("a batch counts once it is committed")
                .containsExactly("connected", "closed", "failed", "connected", "2 records, 2 sent", "closed");
    }

    @Test
    void shouldFinishTheBatchInHandWhenStopped() {
        append(IntStream.range(0, 5).mapToObj(i -> "c" + i).toArray(String[]::new));

        loop.run();

        assertThat(batches).hasSize(1);
        assertThat(producers.get(0).commitCount()).isEqualTo(1);
        assertThat(producers.get(0).history()).hasSize(5);
        assertThat(loop.isReady()).isFalse();
    }

    @Test
    void shouldEndWithABugOfTheStageAndCommitNothing() {
        append("c1");
        loop = new BatchLoop<>(
                settings(),
                new BatchLoop.Clients(this::consumer, this::producer, new PollLimit()),
                List.of(new Inlet<>(topics.commands, (command, arrival) -> command.getId())),
                batch -> {
                    throw new IllegalStateException("a bug");
                },
                BatchWatch.NONE);

        assertThatThrownBy(loop::run).isInstanceOf(IllegalStateException.class).hasMessage("a bug");

        assertThat(producers.get(0).commitCount()).isZero();
        assertThat(producers.get(0).closed()).isTrue();
        assertThat(consumers.get(0).closed()).isTrue();
    }

    @Test
    void shouldShareATransactionAmongFullBatchesAndEndItWithOneThatIsNot() {
        append("c1", "c2", "c3", "c4", "c5");
        largestBatch = 2;
        mostBatches = 16;
        loop = loop(commandIds(), 3);

        loop.run();

        assertThat(batches).containsExactly(List.of("c1", "c2"), List.of("c3", "c4"), List.of("c5"));
        assertThat(producers.get(0).commitCount()).isEqualTo(1);
        assertThat(offsets(producers.get(0))).containsExactly(5L);
        assertThat(watched).containsExactly("connected", "5 records, 5 sent", "closed");
    }

    @Test
    void shouldCommitFullBatchesWhenNoMoreWait() {
        append("c1", "c2");
        largestBatch = 2;
        mostBatches = 16;
        loop = loop(commandIds(), Integer.MAX_VALUE);
        laterPolls.add(() -> assertThat(producers.get(0).commitCount()).isZero());
        laterPolls.add(() -> {
            assertThat(producers.get(0).commitCount()).isEqualTo(1);
            loop.stop();
        });

        loop.run();

        assertThat(watched).containsExactly("connected", "2 records, 2 sent", "closed");
    }

    @Test
    void shouldTakeNoMoreBatchesIntoATransactionThanMayShareIt() {
        append("c1", "c2", "c3", "c4", "c5", "c6");
        largestBatch = 1;
        mostBatches = 2;
        loop = loop(commandIds(), 6);

        loop.run();

        assertThat(producers.get(0).commitCount()).isEqualTo(3);
        assertThat(offsets(producers.get(0))).containsExactly(2L, 4L, 6L);
    }

    @Test
    void shouldAbortASharedTransactionAsAWholeAndReadItAgainBatchByBatch() {
        firstCommitFails = new KafkaException("the coordinator is gone");
        append("c1", "c2", "c3");
        largestBatch = 2;
        mostBatches = 16;
        loop = loop(commandIds(), 4);

        loop.run();

        assertThat(producers.get(0).transactionAborted()).isTrue();
        assertThat(producers.get(0).history()).isEmpty();
        assertThat(producers.get(0).consumerGroupOffsetsHistory()).isEmpty();
        assertThat(batches).containsExactly(List.of("c1", "c2"), List.of("c3"), List.of("c1", "c2"), List.of("c3"));
        assertThat(offsets(producers.get(1)))
                .as("not shared until it has caught up")
                .containsExactly(2L, 3L);
    }

    @Test
    void shouldCommitASharedTransactionBeforeItsPartitionsGoToAnother() {
        append("c1", "c2");
        largestBatch = 2;
        mostBatches = 16;
        loop = loop(commandIds(), Integer.MAX_VALUE);
        laterPolls.add(() -> {
            consumers.get(0).rebalance(List.of());
            assertThat(producers.get(0).commitCount()).isEqualTo(1);
            loop.stop();
        });

        loop.run();

        assertThat(offsets(producers.get(0))).containsExactly(2L);
    }

    @Test
    void shouldAbortASharedTransactionOfABugOfTheStage() {
        append("c1", "c2", "c3");
        largestBatch = 2;
        mostBatches = 16;
        loop = loop(
                new Inlet<>(topics.commands, (command, arrival) -> {
                    if (command.getId().equals("c3")) {
                        throw new IllegalStateException("a bug");
                    }
                    return command.getId();
                }),
                Integer.MAX_VALUE);

        assertThatThrownBy(loop::run).hasMessage("a bug");

        assertThat(producers.get(0).commitCount()).isZero();
        assertThat(producers.get(0).transactionAborted()).isTrue();
    }

    private Inlet<Command, String> commandIds() {
        return new Inlet<>(topics.commands, (command, arrival) -> command.getId());
    }

    private BatchLoop<String> loop(Inlet<Command, String> inlet) {
        return loop(inlet, 1);
    }

    private BatchLoop<String> loop(Inlet<Command, String> inlet, int batchesUntilStop) {
        return new BatchLoop<>(
                settings(),
                new BatchLoop.Clients(this::consumer, this::producer, new PollLimit()),
                List.of(inlet),
                batch -> {
                    batches.add(List.copyOf(batch));
                    if (batches.size() == batchesUntilStop) {
                        loop.stop();
                    }
                    return batch.stream()
                            .map(id -> new Outgoing("answers", null, id.getBytes(StandardCharsets.UTF_8), Map.of()))
                            .toList();
                },
                new BatchWatch() {
                    @Override
                    public Connection connected(Consumer<?, ?> consumer, Producer<?, ?> producer) {
                        watched.add("connected");
                        return () -> watched.add("closed");
                    }

                    @Override
                    public void committed(Batch batch) {
                        watched.add("%d records, %d sent"
                                .formatted(batch.records(), batch.sent().size()));
                    }

                    @Override
                    public void failed() {
                        watched.add("failed");
                    }
                });
    }

    private BatchLoop.Settings settings() {
        return new BatchLoop.Settings(GROUP, KafkaSettings.at("localhost:1"), "0", largestBatch, mostBatches);
    }

    private Consumer<byte[], byte[]> consumer() {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of(partition));
            log.forEach(consumer::addRecord);
        });
        laterPolls.forEach(consumer::schedulePollTask);
        consumer.setMaxPollRecords(largestBatch);
        consumers.add(consumer);
        return consumer;
    }

    private Producer<byte[], byte[]> producer() {
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        if (producers.isEmpty()) {
            producer.commitTransactionException = firstCommitFails;
        }
        producers.add(producer);
        return producer;
    }

    private void append(String... commandIds) {
        for (String id : commandIds) {
            Outgoing command = topics.commands.message(
                    "fitzhugh-nagumo-1961",
                    new Command(id, "fitzhugh-nagumo-1961", CommandKind.RETRAIN, "", "", 0L, ""));
            append(command.key(), command.value());
        }
    }

    private void append(byte[] key, byte[] value) {
        log.add(new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                log.size(),
                0,
                TimestampType.CREATE_TIME,
                key.length,
                value.length,
                key,
                value,
                new RecordHeaders(),
                Optional.empty()));
    }

    private static List<Long> offsets(MockProducer<byte[], byte[]> producer) {
        return producer.consumerGroupOffsetsHistory().stream()
                .flatMap(groups -> groups.values().stream())
                .flatMap(offsets -> offsets.values().stream())
                .map(OffsetAndMetadata::offset)
                .toList();
    }

    private static String header(ProducerRecord<byte[], byte[]> sent, String name) {
        Header header = sent.headers().lastHeader(name);
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
