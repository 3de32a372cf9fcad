package org.ionstream.surrogate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.AuditRequest;
import org.ionstream.schemas.message.BandAdjustment;
import org.ionstream.schemas.message.Calibration;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.Route;
import org.ionstream.schemas.message.RouteReason;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.message.Trust;
import org.ionstream.surrogate.fno.TinyModel;
import org.ionstream.surrogate.model.Champion;
import org.ionstream.surrogate.trust.CalibratedErrors;
import org.ionstream.surrogate.trust.TinyCalibration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How far a prediction is trusted, and what that makes of its route. */
class SurrogateTrustTest {
    private final TinyStage tiny = new TinyStage();

    @AfterEach
    void close() {
        tiny.close();
    }

    @Test
    void shouldSayHowFarAPredictionCanBeTrusted() {
        tiny.champions.offer(calibrated("tiny-2"));

        Prediction prediction = tiny.onlyPrediction(TinyStage.protocol("a").setVariables(List.of("w", "V")));

        Trust trust = prediction.getTrust();
        assertThat(trust.getCoverage()).isEqualTo(0.9);
        assertThat(trust.getExpectedRelativeL2()).isCloseTo(0.01, within(1e-6));
        assertThat(trust.getRelativeL2Bound()).isCloseTo(0.02, within(1e-6));
        assertThat(trust.getBandRadii().get(0)).isCloseTo(2 * 0.03, within(1e-6));
        assertThat(trust.getBandRadii().get(1)).isCloseTo(1.5 * 0.02, within(1e-6));
    }

    @Test
    void shouldAdjustTheBandsByWhatAuditsTaught() {
        tiny.champions.offer(calibrated("tiny-2"));
        tiny.adjustments.take(new BandAdjustment("tiny-2", TinyModel.CELL.id(), 10L, 2.0, Map.of("V", 10.0), 1L));

        Trust trust = tiny.onlyPrediction(TinyStage.protocol("a").setVariables(List.of("V")))
                .getTrust();

        assertThat(trust.getRelativeL2Bound()).isCloseTo(0.04, within(1e-6));
        assertThat(trust.getBandRadii().get(0)).isCloseTo(10 * 1.5 * 0.02, within(1e-6));
    }

    @Test
    void shouldHaveNoBandWithoutATrajectoryAndNoTrustWithoutACalibration() {
        Prediction uncalibrated = tiny.onlyPrediction(TinyStage.protocol("a"));
        tiny.champions.offer(calibrated("tiny-2"));
        Prediction biomarkers = tiny.onlyPrediction(TinyStage.protocol("b").setBiomarkersOnly(true));

        assertThat(uncalibrated.getTrust()).isNull();
        assertThat(biomarkers.getTrust().getBandRadii()).isEmpty();
    }

    @Test
    void shouldLeaveProtocolsToTheReferenceThatAreUnlikeTheCalibrationOnes() {
        tiny.champions.offer(calibrated("tiny-2"));
        StimulusProtocol.Builder stronger = TinyStage.protocol("a").setPulses(List.of(new Pulse(1.0, 1.0, 2.0)));

        AuditRequest request = tiny.onlyAudit(stronger);
        Prediction asked = tiny.onlyPrediction(stronger.setRoute(Route.SURROGATE));

        assertThat(request.getReason()).isEqualTo(AuditReason.OUT_OF_RANGE);
        assertThat(request.getAnswerWanted()).isTrue();
        assertThat(request.getModelId()).isEqualTo("tiny-2");
        assertThat(request.getDetail()).contains("the strongest current", "tiny-2");
        assertThat(asked.getReason()).isEqualTo(RouteReason.ASKED);
        assertThat(asked.getTrust().getRelativeL2Bound()).isPositive();
    }

    @Test
    void shouldLeaveProtocolsToTheReferenceWhoseErrorMayBeLargerThanWanted() {
        tiny.champions.offer(calibrated("tiny-2"));

        AuditRequest request = tiny.onlyAudit(TinyStage.protocol("a").setRelativeL2Wanted(0.019));
        Prediction good = tiny.onlyPrediction(TinyStage.protocol("b").setRelativeL2Wanted(0.021));

        assertThat(request.getReason()).isEqualTo(AuditReason.ACCURACY_WANTED);
        assertThat(request.getDetail()).contains("0.019", "0.0200", "tiny-2");
        assertThat(good.getReason()).isEqualTo(RouteReason.TRUSTED);
    }

    @Test
    void shouldLeaveProtocolsToTheReferenceWhoseErrorMayBeLargerThanAnyoneIsServed() {
        tiny.champions.offer(calibrated("tiny-2"));
        tiny.adjustments.take(new BandAdjustment("tiny-2", TinyModel.CELL.id(), 10L, 3.0, Map.of(), 1L));

        AuditRequest request = tiny.onlyAudit(TinyStage.protocol("a"));
        Prediction accepted = tiny.onlyPrediction(TinyStage.protocol("b").setRelativeL2Wanted(0.07));
        Prediction asked = tiny.onlyPrediction(TinyStage.protocol("c").setRoute(Route.SURROGATE));

        assertThat(request.getReason()).isEqualTo(AuditReason.UNCERTAIN);
        assertThat(request.getDetail()).contains("0.05", "0.0600", "tiny-2");
        assertThat(accepted.getReason()).isEqualTo(RouteReason.TRUSTED);
        assertThat(asked.getReason()).isEqualTo(RouteReason.ASKED);
    }

    @Test
    void shouldNotPromiseAnAccuracyThatIsNotKnown() {
        AuditRequest request = tiny.onlyAudit(TinyStage.protocol("a").setRelativeL2Wanted(0.5));

        assertThat(request.getReason()).isEqualTo(AuditReason.ACCURACY_WANTED);
        assertThat(request.getDetail()).contains("is not calibrated");
    }

    /** It was off by 1 % on a pulse like that of {@link #protocol}; the bound is twice that. */
    private static Champion calibrated(String modelId) {
        Champion champion = TinyStage.champion(modelId, 1);
        Calibration calibration =
                TinyCalibration.of(List.of(TinyStage.protocol("known").build()), List.of(0.01), 2);
        return new Champion(
                champion.release(),
                champion.predictor(),
                Optional.of(
                        new CalibratedErrors(calibration, champion.predictor().card())));
    }
}
