package org.ionstream.trainer.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.ionstream.schemas.message.ArrayEncoding;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.BandAdjustment;
import org.ionstream.schemas.message.BiomarkerDifference;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.DiscrepancyStatus;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.RouteReason;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.message.Trajectory;
import org.ionstream.schemas.message.Trust;
import org.ionstream.schemas.message.VariableDiscrepancy;
import org.ionstream.schemas.stream.DeadLetters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftTopologyTest {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    @TempDir
    private Path stateDirectory;

    private DriftDriver drift;

    @BeforeEach
    void auditEveryProtocol() {
        drift = new DriftDriver(1, stateDirectory);
    }

    @AfterEach
    void close() {
        drift.close();
    }

    @Test
    void shouldCompareAPredictionWithItsReference() {
        float[] v = {0, 1, 1, 1};
        float[] w = {0.5f, 0.5f, 0.5f, 0.5f};
        float[] predictedV = {0, 1.1f, 1.1f, 0.9f};
        float[] predictedW = {0.5f, 0.56f, 0.5f, 0.5f};

        drift.send(
                drift.topics.predictions,
                "p1",
                AuditMessages.prediction("p1", "m1", AuditMessages.trajectory(predictedV, predictedW)));
        drift.send(
                drift.topics.references,
                "p1",
                AuditMessages.reference("p1", AuditReason.UNIFORM, AuditMessages.trajectory(v, w)));

        Discrepancy discrepancy = drift.onlyDiscrepancy();
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

        drift.send(drift.topics.predictions, "p1", prediction);
        drift.send(drift.topics.references, "p1", reference);

        Discrepancy discrepancy = drift.onlyDiscrepancy();
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
        drift.send(
                drift.topics.predictions,
                "p1",
                Prediction.newBuilder(AuditMessages.prediction("p1", "m1", null))
                        .setBiomarkers(AuditMessages.biomarkers(1.2, 12.0))
                        .build());
        drift.send(
                drift.topics.references,
                "p1",
                ReferenceSolution.newBuilder(AuditMessages.reference("p1", AuditReason.UNIFORM))
                        .setProtocol(brief)
                        .setBiomarkers(AuditMessages.biomarkers(1.0, 12.5))
                        .build());

        Discrepancy discrepancy = drift.onlyDiscrepancy();
        assertThat(discrepancy.getStatus()).isEqualTo(DiscrepancyStatus.NOT_COMPARABLE);
        assertThat(discrepancy.getDetail()).contains("only biomarkers");
        assertThat(discrepancy.getBiomarkers())
                .contains(new BiomarkerDifference("apd90FromMaxUpstrokeMs", 2.0, 12.0, 12.5, -0.5));
    }

    @Test
    void shouldCompareWhenTheReferenceComesFirst() {
        drift.send(drift.topics.references, "p1", AuditMessages.reference("p1", AuditReason.UNIFORM));
        drift.later(WINDOW.dividedBy(2));
        drift.send(drift.topics.predictions, "p1", AuditMessages.prediction("p1", "m1", 0.2));

        assertThat(drift.onlyDiscrepancy().getRelativeL2()).isCloseTo(0.1, within(1e-6));
    }

    @Test
    void shouldNotJudgeASurrogateByAReferenceWithOtherParameters() {
        ReferenceSolution published = AuditMessages.reference("p1", AuditReason.UNIFORM);
        ReferenceSolution changed = ReferenceSolution.newBuilder(published)
                .setProtocol(StimulusProtocol.newBuilder(published.getProtocol())
                        .setParameters(Map.of("e", 0.2))
                        .build())
                .build();

        drift.send(drift.topics.predictions, "p1", AuditMessages.prediction("p1", "m1", 0.2));
        drift.send(drift.topics.references, "p1", changed);

        Discrepancy discrepancy = drift.onlyDiscrepancy();
        assertThat(discrepancy.getStatus()).isEqualTo(DiscrepancyStatus.NOT_COMPARABLE);
        assertThat(discrepancy.getDetail()).contains("e = 0.2 1/ms (published 0.1)");
    }

    @Test
    void shouldRaiseTheAlarmForAPredictionWithoutReference() {
        drift.send(drift.topics.predictions, "p1", AuditMessages.prediction("p1", "m1", 0));
        assertThat(drift.discrepancies()).isEmpty();

        drift.pass(WINDOW.multipliedBy(3));

        Discrepancy alarm = drift.onlyDiscrepancy();
        assertThat(alarm.getId()).isEqualTo("p1");
        assertThat(alarm.getModelId()).isEqualTo("m1");
        assertThat(alarm.getStatus()).isEqualTo(DiscrepancyStatus.REFERENCE_MISSING);
        assertThat(alarm.getRelativeL2()).isNull();
    }

    @Test
    void shouldRaiseTheAlarmForAReferenceWithoutPrediction() {
        drift.send(drift.topics.references, "p1", AuditMessages.reference("p1", AuditReason.UNIFORM));

        drift.pass(WINDOW.multipliedBy(3));

        assertThat(drift.onlyDiscrepancy().getStatus()).isEqualTo(DiscrepancyStatus.PREDICTION_MISSING);
    }

    @Test
    void shouldLeaveTargetedReferencesOut() {
        for (AuditReason reason : AuditReason.values()) {
            if (reason != AuditReason.UNIFORM) {
                drift.send(drift.topics.references, "p1", AuditMessages.reference("p1", reason));
            }
        }

        drift.pass(WINDOW.multipliedBy(3));

        assertThat(drift.discrepancies()).isEmpty();
    }

    /** The hash of p0 is 0.76 of its range, that of p1 is 0.49. */
    @Test
    void shouldLeavePredictionsOutsideTheAuditShareOut() {
        drift.close();
        drift = new DriftDriver(0.5, stateDirectory);
        drift.send(drift.topics.predictions, "p0", AuditMessages.prediction("p0", "m1", 0));
        drift.send(drift.topics.predictions, "p1", AuditMessages.prediction("p1", "m1", 0));

        drift.pass(WINDOW.multipliedBy(3));

        assertThat(drift.discrepancies()).extracting(Discrepancy::getId).containsExactly("p1");
    }

    @Test
    void shouldNotCompareTheReferenceWithItself() {
        Prediction answered = Prediction.newBuilder(AuditMessages.prediction("p1", "", 0))
                .setSource(Source.REFERENCE)
                .build();

        drift.send(drift.topics.predictions, "p1", answered);
        drift.send(drift.topics.references, "p1", AuditMessages.reference("p1", AuditReason.UNIFORM));

        Discrepancy discrepancy = drift.onlyDiscrepancy();
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
            drift.send(drift.topics.predictions, id, AuditMessages.prediction(id, "m1", bad.get(i)));
            drift.send(drift.topics.references, id, AuditMessages.reference(id, AuditReason.UNIFORM));
        }
        drift.audit("good", "m1", 0);

        assertThat(drift.discrepancies())
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
        drift.sendBytes(drift.topics.predictions, "p1", poison);
        drift.sendBytes(drift.topics.references, null, poison);

        drift.audit("p2", "m1", 0);

        TestRecord<byte[], byte[]> letter =
                drift.output(drift.topics.predictions.deadLetters()).get(0);
        assertThat(letter.key()).isEqualTo("p1".getBytes(StandardCharsets.UTF_8));
        assertThat(letter.value()).isEqualTo(poison);
        assertThat(header(letter, DeadLetters.REASON)).contains("3 bytes are not a Prediction");
        assertThat(header(letter, DeadLetters.STAGE)).isEqualTo("trainer-drift");
        assertThat(header(letter, DeadLetters.ORIGIN)).isEqualTo("ionstream.predictions.v1-0@0");
        TestRecord<byte[], byte[]> keyless =
                drift.output(drift.topics.references.deadLetters()).get(0);
        assertThat(header(keyless, DeadLetters.REASON)).contains("no key");
        assertThat(drift.onlyDiscrepancy().getId()).isEqualTo("p2");
    }

    @Test
    void shouldCompareWithTheBandAndLearnFromIt() {
        Trust tooNarrowForV = new Trust(0.9, 0.04, 0.06, List.of(0.05, 0.05));
        for (int i = 0; i < 10; i++) {
            Prediction banded = Prediction.newBuilder(AuditMessages.prediction("p" + i, "m1", 0.1))
                    .setTrust(tooNarrowForV)
                    .build();
            drift.send(drift.topics.predictions, "p" + i, banded);
            drift.send(drift.topics.references, "p" + i, AuditMessages.reference("p" + i, AuditReason.UNIFORM));
        }

        Discrepancy discrepancy = drift.discrepancies().get(0);
        assertThat(discrepancy.getVariables())
                .extracting(VariableDiscrepancy::getVariable, VariableDiscrepancy::getCovered)
                .containsExactly(tuple("V", false), tuple("w", true));
        assertThat(discrepancy.getRelativeL2Bound()).isEqualTo(0.06);
        List<BandAdjustment> adjustments = drift.output(drift.topics.bands.name()).stream()
                .map(sent -> drift.topics.bands.wire().decode(sent.value()))
                .toList();
        assertThat(adjustments).hasSize(1);
        assertThat(adjustments.get(0).getModelId()).isEqualTo("m1");
        assertThat(adjustments.get(0).getAudits()).isEqualTo(10);
        assertThat(adjustments.get(0).getBandFactors().get("V")).isGreaterThan(1);
        assertThat(adjustments.get(0).getBandFactors().get("w")).isLessThan(1);
        assertThat(adjustments.get(0).getBoundFactor()).isLessThan(1);
    }

    @Test
    void shouldSayWhoAnsweredAProtocolThatTheModelLeftToTheReference() {
        Prediction left = Prediction.newBuilder(AuditMessages.prediction("p1", "m1", 0))
                .setSource(Source.REFERENCE)
                .setReason(RouteReason.OUT_OF_RANGE)
                .build();

        drift.send(drift.topics.predictions, "p1", left);
        drift.send(drift.topics.references, "p1", AuditMessages.reference("p1", AuditReason.UNIFORM));

        Discrepancy discrepancy = drift.onlyDiscrepancy();
        assertThat(discrepancy.getStatus()).isEqualTo(DiscrepancyStatus.NOT_COMPARABLE);
        assertThat(discrepancy.getModelId()).isEqualTo("m1");
        assertThat(discrepancy.getSource()).isEqualTo(Source.REFERENCE);
        assertThat(discrepancy.getReason()).isEqualTo(RouteReason.OUT_OF_RANGE);
    }

    private static String header(TestRecord<byte[], byte[]> sent, String name) {
        return new String(sent.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
