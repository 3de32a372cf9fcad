package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.ionstream.reference.Reference;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.ProtocolLimits;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.DeadLetters;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.UnreadableMessageException;
import org.ionstream.surrogate.Surrogate;
import org.ionstream.trainer.release.BundledChampions;
import org.junit.jupiter.api.Test;

/** Both stages in service on a real broker, hundreds of hostile records among good ones. */
class HostileStreamTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int HOSTILE = 500;

    private final KafkaSettings kafka = SharedBroker.kafka();
    private final Topics topics = SharedBroker.newTopics(2);
    private final HostileProtocols hostile = new HostileProtocols(21);
    private final List<byte[]> refused = new ArrayList<>();
    private final List<byte[]> leftOut = new ArrayList<>();
    private final Map<String, Integer> answersById = new HashMap<>();

    @Test
    void shouldAnswerEachGoodRecordOnceAndKeepEachBadOneOnce() {
        ReleasedChampion.release(
                kafka,
                topics,
                BundledChampions.of(CellModels.FITZHUGH_NAGUMO_1961).orElseThrow());
        sendAll();

        try (Surrogate surrogate = new Surrogate(SurrogateProcess.settings(kafka, topics));
                Reference reference = reference();
                var predictions = new CommittedRecords(kafka, topics.predictions.name());
                var references = new CommittedRecords(kafka, topics.references.name());
                var letters = new CommittedRecords(kafka, topics.stimuli.deadLetters());
                var refusedAudits = new CommittedRecords(kafka, topics.audits.deadLetters())) {
            surrogate.start();
            reference.start();

            int good = answersById.values().stream().mapToInt(Integer::intValue).sum();
            assertThat(counted(predictions.awaitKeys(good, LONGEST))).isEqualTo(answersById);
            assertThat(counted(references.awaitKeys(good, LONGEST))).isEqualTo(answersById);
            List<ConsumerRecord<byte[], byte[]>> kept = letters.await(refused.size() + leftOut.size(), LONGEST);
            assertThat(kept.stream().filter(letter -> !isTooLarge(letter)).map(HostileStreamTest::text))
                    .containsExactlyInAnyOrderElementsOf(
                            refused.stream().map(HostileStreamTest::text).toList());
            assertThat(kept.stream().filter(HostileStreamTest::isTooLarge).count())
                    .isEqualTo(leftOut.size());
            assertThat(kept)
                    .allSatisfy(letter -> assertThat(letter.headers().toArray())
                            .extracting(Header::key)
                            .containsExactlyInAnyOrder(
                                    DeadLetters.REASON, DeadLetters.STAGE, DeadLetters.ORIGIN, DeadLetters.AT));
            assertThat(kept)
                    .allSatisfy(letter -> assertThat(reason(letter)).containsPattern(HostileProtocolsTest.REMEDY));
            assertThat(refusedAudits.await(1, Duration.ZERO)).isEmpty();
            assertThat(surrogate.failure()).isEmpty();
            assertThat(reference.failure()).isEmpty();
        }
    }

    /** As a sender without our limits would. */
    private void sendAll() {
        Properties unlimited = kafka.producer();
        unlimited.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 64 << 20);
        unlimited.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 128 << 20);
        List<HostileProtocols.Hostile> large = hostile.large();
        try (var producer = new KafkaProducer<byte[], byte[]>(unlimited)) {
            for (int turn = 0; turn < HOSTILE; turn++) {
                boolean isLarge = turn % 70 == 69;
                HostileProtocols.Hostile next = isLarge ? large.get(turn / 70 % large.size()) : hostile.next(turn);
                var sent = producer.send(
                        new ProducerRecord<>(topics.stimuli.name(), null, key(turn), next.value(), headers(turn)));
                if (!isLarge || isTaken(sent)) {
                    note(next);
                }
                if (turn % 3 == 0) {
                    send(hostile.honest("honest " + turn), producer);
                }
            }
            send(atEveryLimit("limit"), producer);
            answersById.put("old sender", 1);
            producer.send(new ProducerRecord<>(topics.stimuli.name(), hostile.inFirstSchema("old sender")));
            send(hostile.honest("the last"), producer);
        }
        assertThat(leftOut)
                .as("records that unfold to more than a dead letter holds")
                .isNotEmpty();
    }

    /** False: the broker refuses what is too large even when it is compressed. */
    private static boolean isTaken(Future<RecordMetadata> sent) {
        try {
            return sent.get().offset() >= 0;
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(RecordTooLargeException.class);
            return false;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** As many pulses, samples and bytes as a protocol may have, all tags, an id of four-byte letters. */
    private StimulusProtocol atEveryLimit(String id) {
        Map<String, String> tags = new HashMap<>();
        IntStream.range(0, 16).forEach(i -> tags.put("k" + i + "\u20AC".repeat(250), "\u20AC".repeat(256)));
        return StimulusProtocol.newBuilder(hostile.honest(id))
                .setId(id)
                .setPulses(IntStream.range(0, 1_000)
                        .mapToObj(i -> new Pulse(10.0 * i, 1.0, 0.5))
                        .toList())
                .setHorizonMs(10_000)
                .setOutputStepMs(0.5)
                .setTags(tags)
                .build();
    }

    private void send(StimulusProtocol protocol, KafkaProducer<byte[], byte[]> producer) {
        answersById.merge(protocol.getId(), 1, Integer::sum);
        producer.send(topics.stimuli.message(protocol.getId(), protocol).toRecord());
    }

    /** Chance makes good records too. */
    private void note(HostileProtocols.Hostile next) {
        try {
            StimulusProtocol protocol = topics.stimuli.wire().decode(next.value());
            Stimulus.of(protocol);
            assertThat(next.refused()).as(next.kind()).isFalse();
            answersById.merge(protocol.getId(), 1, Integer::sum);
        } catch (UnreadableMessageException e) {
            boolean tooLarge = next.value() != null && DeadLetters.isTooLarge(next.value().length + 100L);
            (tooLarge ? leftOut : refused).add(next.value());
        }
    }

    private static byte[] key(int turn) {
        return switch (turn % 4) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> new byte[] {(byte) 0xFF, 0, (byte) 0xC3};
            default -> "k".repeat(turn).getBytes(StandardCharsets.UTF_8);
        };
    }

    private static List<Header> headers(int turn) {
        return switch (turn % 4) {
            case 0 -> List.of();
            case 1 ->
                List.of(new RecordHeader(DeadLetters.REASON, null), new RecordHeader("", new byte[] {(byte) 0xFF}));
            case 2 ->
                Collections.nCopies(
                        200, new RecordHeader("ionstream-replayed", "0@0".getBytes(StandardCharsets.UTF_8)));
            default -> List.of(new RecordHeader("traceparent", new byte[10_000]));
        };
    }

    /** Audits every protocol. */
    private Reference reference() {
        SolverSettings solver = new SolverSettings(1e-6, 200_000, 8_000);
        return new Reference(new Reference.Settings(kafka, topics, "0", solver, 1, 16, 2, ProtocolLimits.DEFAULT));
    }

    private static Map<String, Integer> counted(List<String> keys) {
        Map<String, Integer> counts = new HashMap<>();
        keys.forEach(key -> counts.merge(key, 1, Integer::sum));
        return counts;
    }

    private static boolean isTooLarge(ConsumerRecord<byte[], byte[]> letter) {
        return reason(letter).contains("too many to keep");
    }

    private static String reason(ConsumerRecord<byte[], byte[]> letter) {
        return new String(letter.headers().lastHeader(DeadLetters.REASON).value(), StandardCharsets.UTF_8);
    }

    private static String text(ConsumerRecord<byte[], byte[]> letter) {
        return text(letter.value());
    }

    private static String text(byte[] value) {
        return value == null ? "none" : Base64.getEncoder().encodeToString(value);
    }
}
