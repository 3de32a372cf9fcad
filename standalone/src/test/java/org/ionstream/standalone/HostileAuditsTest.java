package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.ionstream.reference.ReferenceRequest;
import org.ionstream.reference.ReferenceSolver;
import org.ionstream.reference.ReferenceStage;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.AuditRequest;
import org.ionstream.schemas.message.DiscrepancyStatus;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.RouteReason;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.ProtocolLimits;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.Arrival;
import org.ionstream.schemas.stream.DeadLetters;
import org.ionstream.schemas.stream.Inlet;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.UnreadableMessageException;
import org.ionstream.trainer.drift.DriftSettings;
import org.ionstream.trainer.drift.DriftTopology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes between the stages, changed by chance: the reference reads audit requests, the trainer predictions and references. */
class HostileAuditsTest {
    private static final DriftSettings DRIFT = new DriftSettings(
            1,
            Duration.ofMinutes(1),
            2,
            new DriftSettings.Limit(2, 1.5),
            new DriftSettings.Limit(0.6, 0.4),
            new DriftSettings.Limit(0.2, 0.1),
            new DriftSettings.Limit(0.3, 0.2),
            2);

    @TempDir
    private Path stateDirectory;

    private final Topics topics = Topics.standard();
    private final SplittableRandom random = new SplittableRandom(11);
    private final Mutation mutation = new Mutation(random);
    private final HostileProtocols protocols = new HostileProtocols(12);
    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final ReferenceStage reference = new ReferenceStage(
            topics, new ReferenceSolver(new SolverSettings(1e-4, 20_000, 1_000)), 1, pool, Clock.systemUTC());
    private final Inlet<AuditRequest, ReferenceRequest> audits =
            ReferenceRequest.audits(topics.audits, ProtocolLimits.DEFAULT);
    private TopologyTestDriver drift;

    @BeforeEach
    void startDriftWatch() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "hostile-audits");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        drift = new TopologyTestDriver(new DriftTopology(topics, DRIFT).build(), properties, Instant.ofEpochMilli(0));
    }

    @AfterEach
    void close() {
        drift.close();
        pool.shutdownNow();
    }

    @Test
    void shouldRefuseOrAnswerEveryAuditRequestThatWantsAnAnswer() {
        int answered = 0;
        for (int i = 0; i < 2_000; i++) {
            AuditRequest honest = audit(protocols.honest("a" + i));
            byte[] bytes = i % 2 == 0
                    ? mutation.flipped(topics.audits.wire().encode(honest))
                    : topics.audits.wire().encode(mutation.withNumber(honest, topics.audits.wire(), Mutation.EXTREME));
            ReferenceRequest request;
            try {
                request = audits.understand().apply(topics.audits.wire().decode(bytes), Arrival.at(0));
            } catch (UnreadableMessageException e) {
                continue;
            }
            List<Outgoing> answers = reference.answer(List.of(request));
            assertThat(answers.stream().filter(answer -> answer.topic().equals(topics.predictions.name())))
                    .as("%s", request)
                    .hasSize(request.answerWanted() ? 1 : 0);
            answered++;
        }
        assertThat(answered).isGreaterThan(500);
    }

    @Test
    void shouldRefuseAnAuditRequestThatNobodyWouldAnswerOrThatNoAnswerCouldCarry() {
        AuditRequest honest = audit(protocols.honest("a"));

        assertThatThrownBy(() -> read(AuditRequest.newBuilder(honest)
                        .setReason(AuditReason.UNIFORM)
                        .build()))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("UNIFORM")
                .hasMessageContaining("give");
        assertThatThrownBy(() -> read(AuditRequest.newBuilder(honest)
                        .setModelId("m".repeat(129))
                        .build()))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("129 characters; at most 128 are carried");
    }

    @Test
    void shouldGoOnComparingWhateverPredictionsAndReferencesCome() {
        List<byte[]> unreadable = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            String id = "a" + i;
            List<Outgoing> answers = reference.answer(List.of(uniform(protocols.honest(id))));
            ReferenceSolution solved =
                    topics.references.wire().decode(answers.get(0).value());
            send(topics.predictions, id, changed(topics.predictions, prediction(solved), i, unreadable));
            send(topics.references, id, changed(topics.references, solved, i + 1, unreadable));
        }
        String last = "honest";
        ReferenceSolution solved = topics.references
                .wire()
                .decode(reference
                        .answer(List.of(uniform(protocols.honest(last))))
                        .get(0)
                        .value());
        send(topics.predictions, last, topics.predictions.wire().encode(prediction(solved)));
        send(topics.references, last, topics.references.wire().encode(solved));

        assertThat(output(topics.discrepancies.name()))
                .extracting(sent -> topics.discrepancies.wire().decode(sent.value()))
                .last()
                .satisfies(discrepancy -> {
                    assertThat(discrepancy.getId()).isEqualTo(last);
                    assertThat(discrepancy.getStatus()).isEqualTo(DiscrepancyStatus.COMPARED);
                    assertThat(discrepancy.getRelativeL2()).isZero();
                });
        List<byte[]> letters = new ArrayList<>();
        output(topics.predictions.deadLetters()).forEach(letter -> letters.add(letter.value()));
        output(topics.references.deadLetters()).forEach(letter -> letters.add(letter.value()));
        assertThat(letters).containsExactlyInAnyOrderElementsOf(unreadable).hasSizeGreaterThan(100);
    }

    @Test
    void shouldKeepNoHeadersOfASenderAndNothingThatIsTooLargeToSend() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("ionstream-replayed", "0@0".getBytes(StandardCharsets.UTF_8));
        headers.add(DeadLetters.REASON, "mine".getBytes(StandardCharsets.UTF_8));
        headers.add("large", new byte[1_000_000]);
        var input =
                drift.createInputTopic(topics.predictions.name(), new ByteArraySerializer(), new ByteArraySerializer());

        input.pipeInput(new TestRecord<>(new byte[] {7}, new byte[] {1, 2, 3}, headers, Instant.ofEpochMilli(0)));
        input.pipeInput(new TestRecord<>(
                new byte[3_000_000], new byte[3_000_000], new RecordHeaders(), Instant.ofEpochMilli(0)));

        List<TestRecord<byte[], byte[]>> letters = output(topics.predictions.deadLetters());
        assertThat(letters).hasSize(2);
        assertThat(letters.get(0).value()).containsExactly(1, 2, 3);
        assertThat(letters.get(0).headers().toArray())
                .extracting(header -> header.key())
                .containsExactly(DeadLetters.AT, DeadLetters.ORIGIN, DeadLetters.REASON, DeadLetters.STAGE);
        assertThat(letters.get(1).key()).isNull();
        assertThat(letters.get(1).value()).isNull();
        assertThat(new String(
                        letters.get(1).headers().lastHeader(DeadLetters.REASON).value(), StandardCharsets.UTF_8))
                .contains("its 6000000 bytes are too many to keep");
    }

    private ReferenceRequest read(AuditRequest audit) {
        return audits.understand().apply(audit, Arrival.at(0));
    }

    private static AuditRequest audit(StimulusProtocol protocol) {
        return new AuditRequest(protocol, AuditReason.NO_MODEL, true, "", 1_000L, "m1");
    }

    private static ReferenceRequest uniform(StimulusProtocol protocol) {
        return new ReferenceRequest(Stimulus.of(protocol), AuditReason.UNIFORM, false, Arrival.at(0), "");
    }

    /** Exact, for it is the solution. */
    private static Prediction prediction(ReferenceSolution solved) {
        return Prediction.newBuilder()
                .setId(solved.getId())
                .setCellModel(solved.getCellModel())
                .setSource(Source.SURROGATE)
                .setReason(RouteReason.TRUSTED)
                .setOutcome(solved.getOutcome())
                .setTrajectory(solved.getTrajectory())
                .setBiomarkers(solved.getBiomarkers())
                .setModelId("m1")
                .setExpectedRelativeL2(0.1)
                .setPublishedAtMs(7)
                .setAnsweredAtMs(8)
                .setComputeMicros(9)
                .build();
    }

    /** @param unreadable gets what can be no message any more */
    private <T extends SpecificRecord> byte[] changed(Topic<T> topic, T message, int turn, List<byte[]> unreadable) {
        byte[] honest = topic.wire().encode(message);
        byte[] bytes = switch (turn % 5) {
            case 0 -> mutation.flipped(honest);
            case 1 -> topic.wire().encode(mutation.withNumber(message, topic.wire(), Mutation.NOT_FINITE));
            case 2 -> topic.wire().encode(mutation.withNumber(message, topic.wire(), Mutation.EXTREME));
            case 3 -> mutation.truncated(honest);
            default -> honest;
        };
        try {
            topic.wire().decode(bytes);
        } catch (UnreadableMessageException e) {
            unreadable.add(bytes);
        }
        return bytes;
    }

    private void send(Topic<?> topic, String key, byte[] value) {
        drift.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(key.getBytes(StandardCharsets.UTF_8), value, Instant.ofEpochMilli(0));
    }

    private List<TestRecord<byte[], byte[]>> output(String topic) {
        return drift.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }
}
