package org.ionstream.trainer.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.DiscrepancyStatus;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.DriftState;
import org.ionstream.schemas.message.Outcome;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.Route;
import org.ionstream.schemas.message.RouteReason;
import org.ionstream.schemas.message.SolverStatistics;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.message.Trajectory;
import org.ionstream.schemas.protocol.UniformAudit;
import org.ionstream.schemas.stream.DeadLetters;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftTopologyTest {
    private static final String CELL = "fitzhugh-nagumo-1961";
    private static final double SHARE = 0.5;
    private static final DriftSettings SETTINGS = new DriftSettings(SHARE, Duration.ofMinutes(1), 4, 2, 1.5, 2);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final float[] SOLVED_V = {0, 1, 1, 0};
    private static final float[] SOLVED_W = {0, 0, 1, 1};

    @TempDir
    private Path state;

    private final Topics topics = new Topics("test.");
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> predictions;
    private TestInputTopic<byte[], byte[]> references;
    private TestOutputTopic<byte[], byte[]> discrepancies;
    private TestOutputTopic<byte[], byte[]> drift;
    private int audits;

    @BeforeEach
    void open() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(new DriftTopology(topics, SETTINGS).build(), properties, START);
        predictions = input(topics.predictions);
        references = input(topics.references);
        discrepancies = output(topics.discrepancies.name());
        drift = output(topics.drift.name());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldCompareBothHalvesOfAnAudit() {
        String id = auditedId();

        send(references, topics.references, id, reference(id, AuditReason.UNIFORM), START);
        send(predictions, topics.predictions, id, prediction(id, "m1", 0.5f, 0.01), START.plusSeconds(1));

        Discrepancy discrepancy = onlyDiscrepancy();
        assertThat(discrepancy.getStatus()).isEqualTo(DiscrepancyStatus.COMPARED);
        assertThat(discrepancy.getModelId()).isEqualTo("m1");
        assertThat(discrepancy.getVariables()).hasSize(2);
        assertThat(discrepancy.getVariables().get(0).getRelativeL2()).isCloseTo(0.5, within(1e-6));
        assertThat(discrepancy.getVariables().get(0).getLargestDifference()).isCloseTo(0.5, within(1e-6));
        assertThat(discrepancy.getVariables().get(1).getRelativeL2()).isZero();
        assertThat(discrepancy.getRelativeL2()).isCloseTo(0.25, within(1e-6));
    }

    @Test
    void shouldAlarmWhenAHalfDoesNotCome() {
        String lonelyPrediction = auditedId();
        String lonelyReference = auditedId();
        send(predictions, topics.predictions, lonelyPrediction, prediction(lonelyPrediction, "m1", 0, 0.01), START);
        send(references, topics.references, lonelyReference, reference(lonelyReference, AuditReason.UNIFORM), START);

        String later = auditedId();
        send(predictions, topics.predictions, later, prediction(later, "m1", 0, 0.01), START.plusSeconds(120));
        send(references, topics.references, later, reference(later, AuditReason.UNIFORM), START.plusSeconds(120));

        List<Discrepancy> all = allDiscrepancies();
        assertThat(all)
                .extracting(Discrepancy::getId, Discrepancy::getStatus)
                .containsExactlyInAnyOrder(
                        tuple(lonelyPrediction, DiscrepancyStatus.REFERENCE_MISSING),
                        tuple(lonelyReference, DiscrepancyStatus.PREDICTION_MISSING),
                        tuple(later, DiscrepancyStatus.COMPARED));
    }

    @Test
    void shouldLeaveOutWhatWasNotSampledUniformly() {
        String targeted = auditedId();
        String unaudited = "x";
        for (int i = 0; UniformAudit.covers(unaudited, SHARE); i++) {
            unaudited = "x" + i;
        }

        send(references, topics.references, targeted, reference(targeted, AuditReason.ASKED), START);
        send(predictions, topics.predictions, unaudited, prediction(unaudited, "m1", 0, 0.01), START);
        send(references, topics.references, unaudited, reference(unaudited, AuditReason.ASKED), START);

        assertThat(discrepancies.isEmpty()).isTrue();
    }

    @Test
    void shouldNotCompareTheReferenceWithItself() {
        String id = auditedId();
        Prediction answered = Prediction.newBuilder(prediction(id, "", 0, 0.01))
                .setSource(Source.REFERENCE)
                .build();

        send(predictions, topics.predictions, id, answered, START);
        send(references, topics.references, id, reference(id, AuditReason.UNIFORM), START);

        assertThat(onlyDiscrepancy().getStatus()).isEqualTo(DiscrepancyStatus.NOT_COMPARABLE);
    }

    @Test
    void shouldKeepPoisonAsDeadLetterAndGoOn() {
        byte[] poison = {1, 2, 3};

        predictions.pipeInput(new TestRecord<>("id".getBytes(StandardCharsets.UTF_8), poison, START));
        audit("m1", 0.1f, 0.1);

        TestOutputTopic<byte[], byte[]> letters = output(topics.predictions.deadLetters());
        TestRecord<byte[], byte[]> letter = letters.readRecord();
        assertThat(letter.value()).isEqualTo(poison);
        assertThat(new String(letter.headers().lastHeader(DeadLetters.REASON).value(), StandardCharsets.UTF_8))
                .contains("3 bytes are not a Prediction");
        assertThat(letters.isEmpty()).isTrue();
        assertThat(onlyDiscrepancy().getStatus()).isEqualTo(DiscrepancyStatus.COMPARED);
    }

    @Test
    void shouldDeclareDriftAfterItPersistsAndClearItLikewise() {
        windows(1, "m1", 0.1f, 0.05); // V off by 0.1, w exact: relative L2 0.05 as expected
        windows(1, "m1", 0.4f, 0.05);
        windows(1, "m1", 0.1f, 0.05);
        windows(2, "m1", 0.4f, 0.05);
        windows(2, "m1", 0.1f, 0.05);

        assertThat(reports())
                .extracting(DriftReport::getState)
                .containsExactly(
                        DriftState.IN_DISTRIBUTION,
                        DriftState.SUSPECTED,
                        DriftState.IN_DISTRIBUTION,
                        DriftState.SUSPECTED,
                        DriftState.DRIFTED,
                        DriftState.DRIFTED,
                        DriftState.IN_DISTRIBUTION);
    }

    @Test
    void shouldJudgeEachModelVersionByItself() {
        windows(2, "m1", 0.4f, 0.05);
        windows(1, "m2", 0.4f, 0.2);

        List<DriftReport> reports = reports();
        assertThat(reports.get(1).getState()).isEqualTo(DriftState.DRIFTED);
        assertThat(reports.get(1).getEffectSize()).isCloseTo(4, within(1e-4));
        assertThat(reports.get(2).getModelId()).isEqualTo("m2");
        assertThat(reports.get(2).getWindow()).isEqualTo(1);
        assertThat(reports.get(2).getState()).isEqualTo(DriftState.IN_DISTRIBUTION);
        assertThat(reports.get(2).getEffectSize()).isCloseTo(1, within(1e-4));
    }

    private void windows(int count, String modelId, float errorOfV, double expected) {
        for (int i = 0; i < count * SETTINGS.auditsPerWindow(); i++) {
            audit(modelId, errorOfV, expected);
        }
    }

    private void audit(String modelId, float errorOfV, double expected) {
        String id = auditedId();
        send(predictions, topics.predictions, id, prediction(id, modelId, errorOfV, expected), START);
        send(references, topics.references, id, reference(id, AuditReason.UNIFORM), START);
    }

    private String auditedId() {
        do {
            audits++;
        } while (!UniformAudit.covers("p" + audits, SHARE));
        return "p" + audits;
    }

    /** V is off by the given error where the reference is not at rest, w is exact. */
    private static Prediction prediction(String id, String modelId, float errorOfV, double expected) {
        float[] v = {0, 1 + errorOfV, 1 - errorOfV, 0};
        return Prediction.newBuilder()
                .setId(id)
                .setCellModel(CELL)
                .setSource(Source.SURROGATE)
                .setReason(RouteReason.TRUSTED)
                .setOutcome(Outcome.OK)
                .setTrajectory(trajectory(v))
                .setModelId(modelId)
                .setExpectedRelativeL2(expected)
                .setPublishedAtMs(1)
                .setAnsweredAtMs(2)
                .setComputeMicros(3)
                .build();
    }

    private static ReferenceSolution reference(String id, AuditReason reason) {
        StimulusProtocol protocol = StimulusProtocol.newBuilder()
                .setId(id)
                .setCellModel(CELL)
                .setPulses(List.of())
                .setHorizonMs(4)
                .setOutputStepMs(1)
                .setRoute(Route.AUTO)
                .build();
        return ReferenceSolution.newBuilder()
                .setId(id)
                .setCellModel(CELL)
                .setProtocol(protocol)
                .setReason(reason)
                .setProbability(SHARE)
                .setOutcome(Outcome.OK)
                .setTrajectory(trajectory(SOLVED_V))
                .setSolver(new SolverStatistics("test", 1e-8, 1, 1, 1, 1L))
                .build();
    }

    private static Trajectory trajectory(float[] v) {
        return new Traces(new TimeGrid(1, 4), List.of("V", "w"), new float[][] {v, SOLVED_W}).toMessage();
    }

    private static <T extends SpecificRecord> void send(
            TestInputTopic<byte[], byte[]> input, Topic<T> topic, String key, T message, Instant at) {
        input.pipeInput(new TestRecord<>(
                key.getBytes(StandardCharsets.UTF_8), topic.wire().encode(message), at));
    }

    private Discrepancy onlyDiscrepancy() {
        List<Discrepancy> all = allDiscrepancies();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private List<Discrepancy> allDiscrepancies() {
        return discrepancies.readValuesToList().stream()
                .map(topics.discrepancies.wire()::decode)
                .toList();
    }

    private List<DriftReport> reports() {
        return drift.readValuesToList().stream()
                .map(topics.drift.wire()::decode)
                .toList();
    }

    private TestInputTopic<byte[], byte[]> input(Topic<?> topic) {
        return driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
