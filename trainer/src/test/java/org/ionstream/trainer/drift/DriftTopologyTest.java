package org.ionstream.trainer.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.ionstream.schemas.message.ArrayEncoding;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.BandAdjustment;
import org.ionstream.schemas.message.BiomarkerDifference;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.DiscrepancyStatus;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.DriftState;
import org.ionstream.schemas.message.InputHistogram;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.Provenance;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.RouteReason;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.message.Trajectory;
import org.ionstream.schemas.message.Trust;
import org.ionstream.schemas.message.VariableDiscrepancy;
import org.ionstream.schemas.stream.DeadLetters;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftTopologyTest {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Topics topics = Topics.standard();

    @TempDir
    private Path stateDirectory;

    private TopologyTestDriver driver;
    private Instant now = Instant.EPOCH;

    @BeforeEach
    void auditEveryProtocol() {
        start(1);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldCompareAPredictionWithItsReference() {
        float[] v = {0, 1, 1, 1};
        float[] w = {0.5f, 0.5f, 0.5f, 0.5f};
        float[] predictedV = {0, 1.1f, 1.1f, 0.9f};
        float[] predictedW = {0.5f, 0.56f, 0.5f, 0.5f};

        send(
                topics.predictions,
                "p1",
                AuditMessages.prediction("p1", "m1", AuditMessages.trajectory(predictedV, predictedW)));
        send(
                topics.references,
                "p1",
                AuditMessages.reference("p1", AuditReason.UNIFORM, AuditMessages.trajectory(v, w)));

        Discrepancy discrepancy = onlyDiscrepancy();
        assertThat(discrepancy.getStatus()).isEqualTo(DiscrepancyStatus.COMPARED);
        assertThat(discrepancy.getId()).isEqualTo("p1");
        assertThat(discrepancy.getModelId()).isEqualTo("m1");
        assertThat(discrepancy.getExpectedRelativeL2()).isEqualTo(0.1);
        assertThat(discrepancy.getPublishedAtMs()).isEqualTo(7);
        VariableDiscrepancy ofV = discrepancy.getVariables().get(0);
        VariableDiscrepancy ofW = discrepancy.getVariables().get(1);
        assertThat(ofV.getVariable()).isEqualTo("V");
        assertThat(ofV.getRelativeL2()).isCloseTo(0.1, within(1e-6));
        assertThat(ofV.getLargestDifference()).isCloseTo(0.1, within(1e-6));
        assertThat(ofW.getVariable()).isEqualTo("w");
        assertThat(ofW.getRelativeL2()).isCloseTo(0.5, within(1e-6));
        assertThat(discrepancy.getRelativeL2()).isCloseTo(0.3, within(1e-6));
    }

    @Test
    void shouldCompareBiomarkers() {
        Prediction prediction = Prediction.newBuilder(AuditMessages.prediction("p1", "m1", 0))
                .setBiomarkers(AuditMessages.biomarkers(1.2, null))
                .build();
        ReferenceSolution reference = ReferenceSolution.newBuilder(AuditMessages.reference("p1", AuditReason.UNIFORM))
                .setBiomarkers(AuditMessages.biomarkers(1.0, 12.5))
                .build();

        send(topics.predictions, "p1", prediction);
        send(topics.references, "p1", reference);

        Discrepancy discrepancy = onlyDiscrepancy();
        assertThat(discrepancy.getStatus()).isEqualTo(DiscrepancyStatus.COMPARED);
        assertThat(discrepancy.getBiomarkers())
                .contains(
                        new BiomarkerDifference("actionPotentials", null, 1.0, 1.0, 0.0),
                        new BiomarkerDifference("apd90FromMaxUpstrokeMs", 2.0, null, 12.5, null))
                .filteredOn(biomarker -> biomarker.getBiomarker().equals("peakPotential"))
                .singleElement()
                .satisfies(peak -> assertThat(peak.getDifference()).isCloseTo(0.2, within(1e-12)));
    }

    @Test
    void shouldCompareOnlyBiomarkersIfOnlyTheyAreWanted() {
        StimulusProtocol brief = StimulusProtocol.newBuilder(
                        AuditMessages.reference("p1", AuditReason.UNIFORM).getProtocol())
                .setBiomarkersOnly(true)
                .build();
        send(
                topics.predictions,
                "p1",
                Prediction.newBuilder(AuditMessages.prediction("p1", "m1", null))
                        .setBiomarkers(AuditMessages.biomarkers(1.2, 12.0))
                        .build());
        send(
                topics.references,
                "p1",
                ReferenceSolution.newBuilder(AuditMessages.reference("p1", AuditReason.UNIFORM))
                        .setProtocol(brief)
                        .setBiomarkers(AuditMessages.biomarkers(1.0, 12.5))
                        .build());

        Discrepancy discrepancy = onlyDiscrepancy();
        assertThat(discrepancy.getStatus()).isEqualTo(DiscrepancyStatus.NOT_COMPARABLE);
        assertThat(discrepancy.getDetail()).contains("only biomarkers");
        assertThat(discrepancy.getBiomarkers())
                .contains(new BiomarkerDifference("apd90FromMaxUpstrokeMs", 2.0, 12.0, 12.5, -0.5));
    }

    @Test
    void shouldCompareWhenTheReferenceComesFirst() {
        send(topics.references, "p1", AuditMessages.reference("p1", AuditReason.UNIFORM));
        now = now.plus(WINDOW.dividedBy(2));
        send(topics.predictions, "p1", AuditMessages.prediction("p1", "m1", 0.2));

        assertThat(onlyDiscrepancy().getRelativeL2()).isCloseTo(0.1, within(1e-6));
    }

    @Test
    void shouldNotJudgeASurrogateByAReferenceWithOtherParameters() {
        ReferenceSolution published = AuditMessages.reference("p1", AuditReason.UNIFORM);
        ReferenceSolution changed = ReferenceSolution.newBuilder(published)
                .setProtocol(StimulusProtocol.newBuilder(published.getProtocol())
                        .setParameters(Map.of("e", 0.2))
                        .build())
                .build();

        send(topics.predictions, "p1", AuditMessages.prediction("p1", "m1", 0.2));
        send(topics.references, "p1", changed);

        Discrepancy discrepancy = onlyDiscrepancy();
        assertThat(discrepancy.getStatus()).isEqualTo(DiscrepancyStatus.NOT_COMPARABLE);
        assertThat(discrepancy.getDetail()).contains("e = 0.2 1/ms (published 0.1)");
    }

    @Test
    void shouldRaiseTheAlarmForAPredictionWithoutReference() {
        send(topics.predictions, "p1", AuditMessages.prediction("p1", "m1", 0));
        assertThat(discrepancies()).isEmpty();

        pass(WINDOW.multipliedBy(3));

        Discrepancy alarm = onlyDiscrepancy();
        assertThat(alarm.getId()).isEqualTo("p1");
        assertThat(alarm.getModelId()).isEqualTo("m1");
        assertThat(alarm.getStatus()).isEqualTo(DiscrepancyStatus.REFERENCE_MISSING);
        assertThat(alarm.getRelativeL2()).isNull();
    }

    @Test
    void shouldRaiseTheAlarmForAReferenceWithoutPrediction() {
        send(topics.references, "p1", AuditMessages.reference("p1", AuditReason.UNIFORM));

        pass(WINDOW.multipliedBy(3));

        assertThat(onlyDiscrepancy().getStatus()).isEqualTo(DiscrepancyStatus.PREDICTION_MISSING);
    }

    @Test
    void shouldLeaveTargetedReferencesOut() {
        for (AuditReason reason : AuditReason.values()) {
            if (reason != AuditReason.UNIFORM) {
                send(topics.references, "p1", AuditMessages.reference("p1", reason));
            }
        }

        pass(WINDOW.multipliedBy(3));

        assertThat(discrepancies()).isEmpty();
    }

    /** The hash of p0 is 0.76 of its range, that of p1 is 0.49. */
    @Test
    void shouldLeavePredictionsOutsideTheAuditShareOut() {
        driver.close();
        start(0.5);
        send(topics.predictions, "p0", AuditMessages.prediction("p0", "m1", 0));
        send(topics.predictions, "p1", AuditMessages.prediction("p1", "m1", 0));

        pass(WINDOW.multipliedBy(3));

        assertThat(discrepancies()).extracting(Discrepancy::getId).containsExactly("p1");
    }

    @Test
    void shouldNotCompareTheReferenceWithItself() {
        Prediction answered = Prediction.newBuilder(AuditMessages.prediction("p1", "", 0))
                .setSource(Source.REFERENCE)
                .build();

        send(topics.predictions, "p1", answered);
        send(topics.references, "p1", AuditMessages.reference("p1", AuditReason.UNIFORM));

        Discrepancy discrepancy = onlyDiscrepancy();
        assertThat(discrepancy.getStatus()).isEqualTo(DiscrepancyStatus.NOT_COMPARABLE);
        assertThat(discrepancy.getDetail()).contains("REFERENCE");
    }

    @Test
    void shouldGoOnWhenATrajectoryCannotBeCompared() {
        Trajectory tooFewBytes =
                new Trajectory(1.0, 4, List.of("V", "w"), ArrayEncoding.F32_LE, ByteBuffer.allocate(5));
        Trajectory notFinite = AuditMessages.trajectory(new float[] {0, Float.NaN, 0, 0}, new float[4]);
        Trajectory otherGrid = AuditMessages.trajectory(new float[5], new float[5]);
        Trajectory otherVariables = AuditMessages.trajectory(new float[4]);
        List<Trajectory> bad = Arrays.asList(null, tooFewBytes, notFinite, otherGrid, otherVariables);

        for (int i = 0; i < bad.size(); i++) {
            String id = "bad" + i;
            send(topics.predictions, id, AuditMessages.prediction(id, "m1", bad.get(i)));
            send(topics.references, id, AuditMessages.reference(id, AuditReason.UNIFORM));
        }
        audit("good", "m1", 0);

        assertThat(discrepancies())
                .extracting(Discrepancy::getStatus)
                .containsExactly(
                        DiscrepancyStatus.NOT_COMPARABLE,
                        DiscrepancyStatus.NOT_COMPARABLE,
                        DiscrepancyStatus.NOT_COMPARABLE,
                        DiscrepancyStatus.NOT_COMPARABLE,
                        DiscrepancyStatus.NOT_COMPARABLE,
                        DiscrepancyStatus.COMPARED);
    }

    @Test
    void shouldSendPoisonToTheDeadLettersAndGoOn() {
        byte[] poison = {1, 2, 3};
        input(topics.predictions).pipeInput("p1".getBytes(StandardCharsets.UTF_8), poison, now);
        input(topics.references).pipeInput(null, poison, now);

        audit("p2", "m1", 0);

        TestRecord<byte[], byte[]> letter =
                output(topics.predictions.deadLetters()).get(0);
        assertThat(letter.key()).isEqualTo("p1".getBytes(StandardCharsets.UTF_8));
        assertThat(letter.value()).isEqualTo(poison);
        assertThat(header(letter, DeadLetters.REASON)).contains("3 bytes are not a Prediction");
        assertThat(header(letter, DeadLetters.STAGE)).isEqualTo("trainer-drift");
        assertThat(header(letter, DeadLetters.ORIGIN)).isEqualTo("ionstream.predictions.v1-0@0");
        TestRecord<byte[], byte[]> keyless =
                output(topics.references.deadLetters()).get(0);
        assertThat(header(keyless, DeadLetters.REASON)).contains("no key");
        assertThat(onlyDiscrepancy().getId()).isEqualTo("p2");
    }

    @Test
    void shouldDeclareDriftAfterPersistentWindowsAndClearIt() {
        window("a", "m1", 0.2);
        window("b", "m1", 0.6);
        window("c", "m1", 0.6);
        window("d", "m1", 0.2);
        window("e", "m1", 0.2);

        List<DriftReport> reports = reports();

        assertThat(reports)
                .extracting(DriftReport::getState)
                .containsExactly(
                        DriftState.IN_DISTRIBUTION,
                        DriftState.SUSPECTED,
                        DriftState.DRIFTED,
                        DriftState.DRIFTED,
                        DriftState.IN_DISTRIBUTION);
        assertThat(reports).extracting(DriftReport::getWindow).containsExactly(1L, 2L, 3L, 4L, 5L);
        DriftReport third = reports.get(2);
        assertThat(third.getCellModel()).isEqualTo(AuditMessages.CELL_MODEL);
        assertThat(third.getModelId()).isEqualTo("m1");
        assertThat(third.getAudits()).isEqualTo(2);
        assertThat(third.getMedianRelativeL2()).isCloseTo(0.3, within(1e-6));
        assertThat(third.getExpectedRelativeL2()).isEqualTo(0.1);
        assertThat(third.getEffectSize()).isCloseTo(3, within(1e-5));
    }

    @Test
    void shouldStartAfreshWithANewModelVersion() {
        window("a", "m1", 0.6);
        window("b", "m1", 0.6);
        window("c", "m2", 0.6);

        assertThat(reports())
                .extracting(DriftReport::getModelId, DriftReport::getWindow, DriftReport::getState)
                .endsWith(tuple("m2", 1L, DriftState.SUSPECTED));
    }

    @Test
    void shouldCountTheAuditsWhoseReferenceNeverCame() {
        send(topics.predictions, "lost", AuditMessages.prediction("lost", "m1", 0));
        pass(WINDOW.multipliedBy(3));

        window("a", "m1", 0.2);

        assertThat(reports()).extracting(DriftReport::getUnmatched).containsExactly(1L);
    }

    private void start(double auditShare) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "drift-test-" + auditShare);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        DriftSettings settings = Limits.of(auditShare, 2, 2);
        driver = new TopologyTestDriver(new DriftTopology(topics, settings).build(), properties, now);
    }

    /** Both halves; the mean relative L2 is half of the error of V. */
    private void audit(String id, String modelId, double errorOfV) {
        send(topics.predictions, id, AuditMessages.prediction(id, modelId, errorOfV));
        send(topics.references, id, AuditMessages.reference(id, AuditReason.UNIFORM));
    }

    /** As many audits as fill a window. */
    private void window(String prefix, String modelId, double errorOfV) {
        audit(prefix + 0, modelId, errorOfV);
        audit(prefix + 1, modelId, errorOfV);
    }

    /** Stream time goes on with the records of another model, which the tests leave out. */
    private void pass(Duration time) {
        driver.advanceWallClockTime(time);
        now = now.plus(time);
        audit("later", "m9", 0);
        driver.advanceWallClockTime(Duration.ofSeconds(2));
        audit("later still", "m9", 0);
    }

    private <T extends SpecificRecord> void send(Topic<T> topic, String key, T message) {
        Outgoing sent = topic.message(key, message);
        input(topic).pipeInput(sent.key(), sent.value(), now);
        now = now.plusMillis(1);
    }

    private TestInputTopic<byte[], byte[]> input(Topic<?> topic) {
        return driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private List<TestRecord<byte[], byte[]>> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private List<Discrepancy> discrepancies() {
        return output(topics.discrepancies.name()).stream()
                .map(sent -> topics.discrepancies.wire().decode(sent.value()))
                .filter(discrepancy -> !discrepancy.getModelId().equals("m9"))
                .toList();
    }

    @Test
    void shouldCompareWithTheBandAndLearnFromIt() {
        Trust tooNarrowForV = new Trust(0.9, 0.04, 0.06, List.of(0.05, 0.05));
        for (int i = 0; i < 10; i++) {
            Prediction banded = Prediction.newBuilder(AuditMessages.prediction("p" + i, "m1", 0.1))
                    .setTrust(tooNarrowForV)
                    .build();
            send(topics.predictions, "p" + i, banded);
            send(topics.references, "p" + i, AuditMessages.reference("p" + i, AuditReason.UNIFORM));
        }

        Discrepancy discrepancy = discrepancies().get(0);
        assertThat(discrepancy.getVariables())
                .extracting(VariableDiscrepancy::getVariable, VariableDiscrepancy::getCovered)
                .containsExactly(tuple("V", false), tuple("w", true));
        assertThat(discrepancy.getRelativeL2Bound()).isEqualTo(0.06);
        List<BandAdjustment> adjustments = output(topics.bands.name()).stream()
                .map(sent -> topics.bands.wire().decode(sent.value()))
                .toList();
        assertThat(adjustments).hasSize(1);
        assertThat(adjustments.get(0).getModelId()).isEqualTo("m1");
        assertThat(adjustments.get(0).getAudits()).isEqualTo(10);
        assertThat(adjustments.get(0).getBandFactors().get("V")).isGreaterThan(1);
        assertThat(adjustments.get(0).getBandFactors().get("w")).isLessThan(1);
        assertThat(adjustments.get(0).getBoundFactor()).isLessThan(1);
    }

    @Test
    void shouldFindTheInputsOfTheModelAmongTheReleases() {
        ModelRelease release = ModelRelease.newBuilder()
                .setModelId("m1")
                .setCellModel(AuditMessages.CELL_MODEL)
                .setAlias("m1")
                .setSha256("")
                .setArtifactBytes(1)
                .setArtifactChunks(1)
                .setArtifactOffset(0)
                .setReleasedAtMs(1)
                .setInputs(List.of(new InputHistogram("PULSES", List.of(0.1), List.of(0.0, 1.0))))
                .setProvenance(new Provenance("", "{}", 7L, 10, 0, 0, -1L, -1L, List.of(), 0.0, "0.1.0"))
                .build();
        input(topics.models).pipeInput("poison".getBytes(StandardCharsets.UTF_8), new byte[] {1}, now);
        send(topics.models, AuditMessages.CELL_MODEL + "/m1", release);

        window("a", "m1", 0);
        window("b", "m2", 0);

        List<DriftReport> reports = reports();
        assertThat(reports.get(0).getInputDrift().get("PULSES")).isGreaterThan(1);
        assertThat(reports.get(0).getState()).isEqualTo(DriftState.SUSPECTED);
        assertThat(reports.get(1).getInputDrift()).isEmpty();
    }

    @Test
    void shouldSayWhoAnsweredAProtocolThatTheModelLeftToTheReference() {
        Prediction left = Prediction.newBuilder(AuditMessages.prediction("p1", "m1", 0))
                .setSource(Source.REFERENCE)
                .setReason(RouteReason.OUT_OF_RANGE)
                .build();

        send(topics.predictions, "p1", left);
        send(topics.references, "p1", AuditMessages.reference("p1", AuditReason.UNIFORM));

        Discrepancy discrepancy = onlyDiscrepancy();
        assertThat(discrepancy.getStatus()).isEqualTo(DiscrepancyStatus.NOT_COMPARABLE);
        assertThat(discrepancy.getModelId()).isEqualTo("m1");
        assertThat(discrepancy.getSource()).isEqualTo(Source.REFERENCE);
        assertThat(discrepancy.getReason()).isEqualTo(RouteReason.OUT_OF_RANGE);
    }

    private Discrepancy onlyDiscrepancy() {
        List<Discrepancy> all = discrepancies();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private List<DriftReport> reports() {
        return output(topics.drift.name()).stream()
                .map(sent -> topics.drift.wire().decode(sent.value()))
                .filter(report -> !report.getModelId().equals("m9"))
                .toList();
    }

    private static String header(TestRecord<byte[], byte[]> sent, String name) {
        return new String(sent.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
