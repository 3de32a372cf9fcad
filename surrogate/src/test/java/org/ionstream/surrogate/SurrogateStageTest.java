package org.ionstream.surrogate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.AuditRequest;
import org.ionstream.schemas.message.BandAdjustment;
import org.ionstream.schemas.message.Beat;
import org.ionstream.schemas.message.Calibration;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.Outcome;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.Provenance;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.Route;
import org.ionstream.schemas.message.RouteReason;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.message.Trust;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.fno.TinyModel;
import org.ionstream.surrogate.model.Champion;
import org.ionstream.surrogate.model.Champions;
import org.ionstream.surrogate.trust.BandAdjustments;
import org.ionstream.surrogate.trust.CalibratedErrors;
import org.ionstream.surrogate.trust.TinyCalibration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tiny model predicts V = current + 0.5 and w = 2 current + 0.5 on 8 samples of 0.5 ms; both must be in [-5, 5]. */
class SurrogateStageTest {
    private final Topics topics = Topics.standard();
    private final Champions champions = new Champions();
    private final Clock clock = Clock.fixed(Instant.ofEpochMilli(1_234), ZoneOffset.UTC);
    private final BandAdjustments adjustments = new BandAdjustments();
    private final SurrogateStage stage = new SurrogateStage(topics, champions, adjustments, 0.05, clock);

    @BeforeEach
    void serve() {
        champions.offer(champion("tiny-1", 1));
    }

    @AfterEach
    void close() {
        champions.close();
    }

    @Test
    void shouldAnswerWithTheTrajectoryAndWhereItIsFrom() {
        StimulusProtocol protocol = protocol("a").build();

        List<Outgoing> answers = answer(protocol);

        Prediction prediction = prediction(answers.get(0));
        assertThat(answers).hasSize(1);
        assertThat(new String(answers.get(0).key())).isEqualTo("a");
        assertThat(prediction.getId()).isEqualTo("a");
        assertThat(prediction.getSource()).isEqualTo(Source.SURROGATE);
        assertThat(prediction.getReason()).isEqualTo(RouteReason.TRUSTED);
        assertThat(prediction.getOutcome()).isEqualTo(Outcome.OK);
        assertThat(prediction.getModelId()).isEqualTo("tiny-1");
        assertThat(prediction.getModelSha256()).isEqualTo("hash of tiny-1");
        assertThat(prediction.getExpectedRelativeL2()).isEqualTo(0.02);
        assertThat(prediction.getPublishedAtMs()).isEqualTo(1_000);
        assertThat(prediction.getAnsweredAtMs()).isEqualTo(1_234);
        Traces traces = Traces.of(prediction.getTrajectory());
        assertThat(traces.grid()).isEqualTo(new TimeGrid(0.5, 8));
        assertThat(traces.of("V")).containsExactly(0.5f, 0.5f, 1.5f, 1.5f, 0.5f, 0.5f, 0.5f, 0.5f);
        assertThat(traces.of("w")).containsExactly(0.5f, 0.5f, 2.5f, 2.5f, 0.5f, 0.5f, 0.5f, 0.5f);
    }

    @Test
    void shouldAnswerOnlyWantedVariablesInTheOrderAsked() {
        Prediction prediction = onlyPrediction(protocol("a").setVariables(List.of("w")));

        assertThat(prediction.getTrajectory().getVariables()).containsExactly("w");
        assertThat(Traces.of(prediction.getTrajectory()).of("w")[2]).isEqualTo(2.5f);
    }

    @Test
    void shouldAnswerWithBiomarkersWhateverVariablesAreWanted() {
        Prediction prediction = onlyPrediction(protocol("a").setVariables(List.of("w")));

        Beat beat = prediction.getBiomarkers().getBeats().get(0);
        assertThat(beat.getOnsetMs()).isEqualTo(1);
        assertThat(beat.getRestingPotential()).isEqualTo(1.5);
        assertThat(beat.getPeakPotential()).isEqualTo(1.5);
        assertThat(beat.getApd90FromMaxUpstrokeMs()).isNull();
        assertThat(prediction.getBiomarkers().getCapturedStimuli()).isZero();
    }

    @Test
    void shouldLeaveOutTheTrajectoryIfOnlyBiomarkersAreWanted() {
        Prediction prediction = onlyPrediction(protocol("a").setBiomarkersOnly(true));

        assertThat(prediction.getOutcome()).isEqualTo(Outcome.OK);
        assertThat(prediction.getTrajectory()).isNull();
        assertThat(prediction.getBiomarkers().getStimuli()).isEqualTo(1);
    }

    @Test
    void shouldAnswerOnTheGridAsked() {
        Prediction prediction = onlyPrediction(protocol("a").setHorizonMs(3).setOutputStepMs(0.25));

        Traces traces = Traces.of(prediction.getTrajectory());
        assertThat(traces.grid()).isEqualTo(new TimeGrid(0.25, 12));
        assertThat(traces.of("V")[4]).isEqualTo(1.5f);
        assertThat(traces.of("V")[5]).isCloseTo(1.5f, within(0.2f));
    }

    @Test
    void shouldSayThatTheSurrogateWasAskedFor() {
        assertThat(onlyPrediction(protocol("a").setRoute(Route.SURROGATE)).getReason())
                .isEqualTo(RouteReason.ASKED);
    }

    @Test
    void shouldLeaveAProtocolToTheReferenceWhenAskedTo() {
        AuditRequest audit = onlyAudit(protocol("a").setRoute(Route.REFERENCE));

        assertThat(audit.getReason()).isEqualTo(AuditReason.ASKED);
        assertThat(audit.getAnswerWanted()).isTrue();
        assertThat(audit.getProtocol().getId()).isEqualTo("a");
        assertThat(audit.getPublishedAtMs()).isEqualTo(1_000);
    }

    @Test
    void shouldAnswerAndAskTheReferenceWhenBothAreWanted() {
        List<Outgoing> answers = answer(protocol("a").setRoute(Route.BOTH).build());

        assertThat(answers).hasSize(2);
        assertThat(prediction(answers.get(0)).getSource()).isEqualTo(Source.SURROGATE);
        assertThat(audit(answers.get(1)).getReason()).isEqualTo(AuditReason.ASKED);
        assertThat(audit(answers.get(1)).getAnswerWanted()).isFalse();
    }

    @Test
    void shouldAskTheReferenceWhereThereIsNoModel() {
        for (Route route : List.of(Route.AUTO, Route.SURROGATE, Route.BOTH)) {
            AuditRequest audit =
                    onlyAudit(protocol("a").setCellModel("hodgkin-huxley-1952").setRoute(route));

            assertThat(audit.getReason()).isEqualTo(AuditReason.NO_MODEL);
            assertThat(audit.getAnswerWanted()).isTrue();
            assertThat(audit.getDetail()).contains("hodgkin-huxley-1952");
        }
    }

    @Test
    void shouldAskTheReferenceBeyondTheHorizonOfTheModel() {
        AuditRequest audit = onlyAudit(protocol("a").setHorizonMs(4.5).setRoute(Route.BOTH));

        assertThat(audit.getReason()).isEqualTo(AuditReason.OUT_OF_RANGE);
        assertThat(audit.getAnswerWanted()).isTrue();
        assertThat(audit.getDetail()).contains("4.5 ms", "4.0 ms", "tiny-1");
    }

    @Test
    void shouldLeaveOtherParametersAndInitialStatesToTheReference() {
        for (Route route : List.of(Route.AUTO, Route.SURROGATE, Route.BOTH)) {
            AuditRequest audit = onlyAudit(protocol("a")
                    .setRoute(route)
                    .setParameters(Map.of("e", 0.2))
                    .setInitialState(Map.of("V", 0.5)));

            assertThat(audit.getReason()).isEqualTo(AuditReason.UNTRAINED_CONDITIONS);
            assertThat(audit.getAnswerWanted()).isTrue();
            assertThat(audit.getDetail())
                    .contains("fitzhugh-nagumo-1961", "e = 0.2 1/ms (published 0.1)", "V = 0.5 at t=0 (published 0.0)");
            assertThat(audit.getProtocol().getParameters()).containsEntry("e", 0.2);
        }
    }

    @Test
    void shouldNameAFewOfManyDeparturesOnly() {
        AuditRequest audit = onlyAudit(protocol("a")
                .setParameters(Map.of("b", 4.0, "beta", 0.2, "delta", 1.1, "c", 2.0, "e", 0.2, "gamma", 1.0)));

        assertThat(audit.getDetail()).endsWith("and 1 more");
    }

    @Test
    void shouldAnswerWhereThePublishedConditionsAreSpelledOut() {
        Prediction prediction = onlyPrediction(protocol("a")
                .setParameters(Map.of("e", 0.1))
                .setPublishedState("rest")
                .setInitialState(Map.of("w", 0.0)));

        assertThat(prediction.getSource()).isEqualTo(Source.SURROGATE);
    }

    @Test
    void shouldNeverServeAValueOutsideThePhysicalBounds() {
        AuditRequest audit = onlyAudit(protocol("a").setPulses(List.of(new Pulse(1.0, 1.0, 3.0))));

        assertThat(audit.getReason()).isEqualTo(AuditReason.NON_FINITE);
        assertThat(audit.getAnswerWanted()).isTrue();
        assertThat(audit.getDetail()).contains("tiny-1", "w = 6.5", "t=1.0 ms", "[-5.0, 5.0]");
    }

    @Test
    void shouldNotTrustAModelWhoseFaultIsInAVariableThatWasNotAskedFor() {
        AuditRequest audit = onlyAudit(
                protocol("a").setPulses(List.of(new Pulse(1.0, 1.0, 3.0))).setVariables(List.of("V")));

        assertThat(audit.getReason()).isEqualTo(AuditReason.NON_FINITE);
    }

    @Test
    void shouldNeverServeAValueThatIsNotFinite() {
        for (float gain : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            champions.offer(champion("broken", gain));

            AuditRequest audit = onlyAudit(protocol("a"));

            assertThat(audit.getReason()).isEqualTo(AuditReason.NON_FINITE);
            assertThat(audit.getDetail()).contains("broken").containsAnyOf("NaN", "Infinity");
        }
    }

    @Test
    void shouldNeverServeAnInterpolatedValueOutsideTheBounds() {
        // On the model's grid w rises from 0.5 to 4.9, within its bounds; the cubic between the samples overshoots.
        AuditRequest audit = onlyAudit(
                protocol("a").setPulses(List.of(new Pulse(1.0, 1.0, 2.2))).setOutputStepMs(0.125));

        assertThat(audit.getReason()).isEqualTo(AuditReason.NON_FINITE);
        assertThat(audit.getDetail()).contains("w = 5.");
    }

    @Test
    void shouldAnswerEveryProtocolOfAMixedBatchAsIfItWereAlone() {
        List<StimulusProtocol> mixed = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            double amplitude = i == 4 ? 100 : 0.25 * i;
            mixed.add(protocol("p" + i)
                    .setPulses(List.of(new Pulse(0.5, 1.0, amplitude)))
                    .setRoute(i == 7 ? Route.REFERENCE : Route.AUTO)
                    .build());
        }

        List<Outgoing> together = answer(mixed.toArray(StimulusProtocol[]::new));

        assertThat(together)
                .extracting(answer -> new String(answer.key()))
                .containsExactlyInAnyOrder(
                        mixed.stream().map(StimulusProtocol::getId).toArray(String[]::new));
        assertThat(together).filteredOn(this::isAudit).hasSize(2);
        for (Outgoing answer : together) {
            Outgoing alone = answer(mixed.stream()
                            .filter(protocol -> protocol.getId().equals(new String(answer.key())))
                            .toArray(StimulusProtocol[]::new))
                    .get(0);
            assertThat(isAudit(answer)).isEqualTo(isAudit(alone));
            if (!isAudit(answer)) {
                assertThat(prediction(answer).getTrajectory())
                        .isEqualTo(prediction(alone).getTrajectory());
            }
        }
    }

    @Test
    void shouldServeAnOfferedChampionFromTheNextBatchOn() {
        answer(protocol("a").build());
        champions.offer(champion("tiny-2", 2));

        Prediction prediction = onlyPrediction(protocol("b"));

        assertThat(prediction.getModelId()).isEqualTo("tiny-2");
        assertThat(Traces.of(prediction.getTrajectory()).of("V")[2]).isEqualTo(2.5f);
    }

    private List<Outgoing> answer(StimulusProtocol... protocols) {
        List<SurrogateRequest> batch = new ArrayList<>();
        for (StimulusProtocol protocol : protocols) {
            batch.add(new SurrogateRequest(Stimulus.of(protocol), 1_000));
        }
        return stage.answer(batch);
    }

    private Prediction onlyPrediction(StimulusProtocol.Builder protocol) {
        List<Outgoing> answers = answer(protocol.build());
        assertThat(answers).hasSize(1);
        return prediction(answers.get(0));
    }

    private AuditRequest onlyAudit(StimulusProtocol.Builder protocol) {
        List<Outgoing> answers = answer(protocol.build());
        assertThat(answers).hasSize(1);
        return audit(answers.get(0));
    }

    @Test
    void shouldSayHowFarAPredictionCanBeTrusted() {
        champions.offer(calibrated("tiny-2"));

        Prediction prediction = onlyPrediction(protocol("a").setVariables(List.of("w", "V")));

        Trust trust = prediction.getTrust();
        assertThat(trust.getCoverage()).isEqualTo(0.9);
        assertThat(trust.getExpectedRelativeL2()).isCloseTo(0.01, within(1e-6));
        assertThat(trust.getRelativeL2Bound()).isCloseTo(0.02, within(1e-6));
        assertThat(trust.getBandRadii().get(0)).isCloseTo(2 * 0.03, within(1e-6));
        assertThat(trust.getBandRadii().get(1)).isCloseTo(1.5 * 0.02, within(1e-6));
    }

    @Test
    void shouldAdjustTheBandsByWhatAuditsTaught() {
        champions.offer(calibrated("tiny-2"));
        adjustments.take(new BandAdjustment("tiny-2", TinyModel.CELL.id(), 10L, 2.0, Map.of("V", 10.0), 1L));

        Trust trust = onlyPrediction(protocol("a").setVariables(List.of("V"))).getTrust();

        assertThat(trust.getRelativeL2Bound()).isCloseTo(0.04, within(1e-6));
        assertThat(trust.getBandRadii().get(0)).isCloseTo(10 * 1.5 * 0.02, within(1e-6));
    }

    @Test
    void shouldHaveNoBandWithoutATrajectoryAndNoTrustWithoutACalibration() {
        Prediction uncalibrated = onlyPrediction(protocol("a"));
        champions.offer(calibrated("tiny-2"));
        Prediction biomarkers = onlyPrediction(protocol("b").setBiomarkersOnly(true));

        assertThat(uncalibrated.getTrust()).isNull();
        assertThat(biomarkers.getTrust().getBandRadii()).isEmpty();
    }

    @Test
    void shouldLeaveProtocolsToTheReferenceThatAreUnlikeTheCalibrationOnes() {
        champions.offer(calibrated("tiny-2"));
        StimulusProtocol.Builder stronger = protocol("a").setPulses(List.of(new Pulse(1.0, 1.0, 2.0)));

        AuditRequest request = onlyAudit(stronger);
        Prediction asked = onlyPrediction(stronger.setRoute(Route.SURROGATE));

        assertThat(request.getReason()).isEqualTo(AuditReason.OUT_OF_RANGE);
        assertThat(request.getAnswerWanted()).isTrue();
        assertThat(request.getModelId()).isEqualTo("tiny-2");
        assertThat(request.getDetail()).contains("the strongest current", "tiny-2");
        assertThat(asked.getReason()).isEqualTo(RouteReason.ASKED);
        assertThat(asked.getTrust().getRelativeL2Bound()).isPositive();
    }

    @Test
    void shouldLeaveProtocolsToTheReferenceWhoseErrorMayBeLargerThanWanted() {
        champions.offer(calibrated("tiny-2"));

        AuditRequest request = onlyAudit(protocol("a").setRelativeL2Wanted(0.019));
        Prediction good = onlyPrediction(protocol("b").setRelativeL2Wanted(0.021));

        assertThat(request.getReason()).isEqualTo(AuditReason.ACCURACY_WANTED);
        assertThat(request.getDetail()).contains("0.019", "0.0200", "tiny-2");
        assertThat(good.getReason()).isEqualTo(RouteReason.TRUSTED);
    }

    @Test
    void shouldLeaveProtocolsToTheReferenceWhoseErrorMayBeLargerThanAnyoneIsServed() {
        champions.offer(calibrated("tiny-2"));
        adjustments.take(new BandAdjustment("tiny-2", TinyModel.CELL.id(), 10L, 3.0, Map.of(), 1L));

        AuditRequest request = onlyAudit(protocol("a"));
        Prediction accepted = onlyPrediction(protocol("b").setRelativeL2Wanted(0.07));
        Prediction asked = onlyPrediction(protocol("c").setRoute(Route.SURROGATE));

        assertThat(request.getReason()).isEqualTo(AuditReason.UNCERTAIN);
        assertThat(request.getDetail()).contains("0.05", "0.0600", "tiny-2");
        assertThat(accepted.getReason()).isEqualTo(RouteReason.TRUSTED);
        assertThat(asked.getReason()).isEqualTo(RouteReason.ASKED);
    }

    @Test
    void shouldNotPromiseAnAccuracyThatIsNotKnown() {
        AuditRequest request = onlyAudit(protocol("a").setRelativeL2Wanted(0.5));

        assertThat(request.getReason()).isEqualTo(AuditReason.ACCURACY_WANTED);
        assertThat(request.getDetail()).contains("is not calibrated");
    }

    private Prediction prediction(Outgoing answer) {
        assertThat(answer.topic()).isEqualTo(topics.predictions.name());
        return topics.predictions.wire().decode(answer.value());
    }

    private AuditRequest audit(Outgoing answer) {
        assertThat(answer.topic()).isEqualTo(topics.audits.name());
        return topics.audits.wire().decode(answer.value());
    }

    private boolean isAudit(Outgoing answer) {
        return answer.topic().equals(topics.audits.name());
    }

    private static StimulusProtocol.Builder protocol(String id) {
        return StimulusProtocol.newBuilder()
                .setId(id)
                .setCellModel(TinyModel.CELL.id())
                .setPulses(List.of(new Pulse(1.0, 1.0, 1.0)))
                .setHorizonMs(4)
                .setOutputStepMs(0.5);
    }

    private static Champion champion(String modelId, float gain) {
        ModelRelease release = ModelRelease.newBuilder()
                .setModelId(modelId)
                .setCellModel(TinyModel.CELL.id())
                .setAlias(Champion.ALIAS)
                .setSha256("hash of " + modelId)
                .setArtifactBytes(1)
                .setArtifactChunks(1)
                .setArtifactOffset(0)
                .setReleasedAtMs(1)
                .setProvenance(new Provenance("", "{}", 7L, 10, 0, 0, -1L, -1L, List.of(), 0.0, "0.1.0"))
                .build();
        FnoPredictor.Settings settings = new FnoPredictor.Settings(ComputeDevice.CPU, 1, 4);
        OnnxModelFile file = OnnxModelFile.parse(TinyModel.bytes(modelId, gain, 0.5f));
        return new Champion(release, new FnoPredictor(file, settings), Optional.empty());
    }

    /** It was off by 1 % on a pulse like that of {@link #protocol}; the bound is twice that. */
    private static Champion calibrated(String modelId) {
        Champion champion = champion(modelId, 1);
        Calibration calibration = TinyCalibration.of(List.of(protocol("known").build()), List.of(0.01), 2);
        return new Champion(
                champion.release(),
                champion.predictor(),
                Optional.of(
                        new CalibratedErrors(calibration, champion.predictor().card())));
    }
}
