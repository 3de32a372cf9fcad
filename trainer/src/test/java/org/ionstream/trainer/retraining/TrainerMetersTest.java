package org.ionstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.BiomarkerDifference;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.DiscrepancyStatus;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.DriftState;
import org.ionstream.schemas.message.RouteReason;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.message.TrainingPhase;
import org.ionstream.schemas.message.TrainingReport;
import org.junit.jupiter.api.Test;

class TrainerMetersTest {
    private static final String FHN = CellModels.FITZHUGH_NAGUMO_1961.id();

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final TrainerMeters meters = new TrainerMeters(registry, List.of(CellModels.FITZHUGH_NAGUMO_1961));

    @Test
    void shouldShowCountsBeforeTheFirstEvent() {
        assertThat(decisions("FAILED")).isZero();
        assertThat(registry.get("ionic.audits").counters()).hasSize(DiscrepancyStatus.values().length);
    }

    @Test
    void shouldMeasureTheErrorsOfComparedAuditsAlone() {
        meters.compared(discrepancy(DiscrepancyStatus.COMPARED, 0.02));
        meters.compared(discrepancy(DiscrepancyStatus.REFERENCE_MISSING, null));

        assertThat(registry.get("ionic.audit.relative.l2").summary().count()).isEqualTo(1);
        assertThat(registry.get("ionic.audit.relative.l2").summary().totalAmount())
                .isEqualTo(0.02);
        assertThat(registry.get("ionic.audit.apd90.error").timer().totalTime(TimeUnit.MICROSECONDS))
                .isEqualTo(1_500);
        assertThat(registry.get("ionic.audits")
                        .tag("status", "REFERENCE_MISSING")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldShowThePresentStateOfDriftAlone() {
        meters.reported(drift(DriftState.IN_DISTRIBUTION, 1));
        meters.reported(drift(DriftState.DRIFTED, 4));

        assertThat(gauge("ionic.drift.state", "state", "DRIFTED")).isEqualTo(1);
        assertThat(gauge("ionic.drift.state", "state", "IN_DISTRIBUTION")).isZero();
        assertThat(gauge("ionic.drift.score", "quantity", "effect_size")).isEqualTo(4);
        assertThat(gauge("ionic.drift.score", "quantity", "stability_index_PEAK_CURRENT"))
                .isEqualTo(0.7);
        assertThat(gauge("ionic.band.coverage.ratio", "cell_model", FHN)).isEqualTo(0.88);
    }

    @Test
    void shouldFollowATrainingAndCountWhatItCameTo() {
        meters.reported(training(TrainingPhase.TRAINING, 0));
        meters.reported(training(TrainingPhase.TRAINING, 30));
        assertThat(gauge("ionic.training.progress.ratio", "cell_model", FHN)).isEqualTo(0.3);
        meters.reported(training(TrainingPhase.PROMOTED, 0));

        assertThat(gauge("ionic.training.progress.ratio", "cell_model", FHN)).isZero();
        assertThat(decisions("TRAINING")).as("begun once").isEqualTo(1);
        assertThat(decisions("PROMOTED")).isEqualTo(1);
    }

    private double decisions(String result) {
        return registry.get("ionic.retrain").tag("result", result).counter().count();
    }

    private double gauge(String name, String label, String value) {
        return registry.get(name).tag(label, value).gauge().value();
    }

    private static Discrepancy discrepancy(DiscrepancyStatus status, Double relativeL2) {
        return Discrepancy.newBuilder()
                .setId("p-1")
                .setCellModel(FHN)
                .setModelId("m-1")
                .setStatus(status)
                .setDetail("")
                .setSource(Source.SURROGATE)
                .setReason(RouteReason.TRUSTED)
                .setRelativeL2(relativeL2)
                .setVariables(List.of())
                .setBiomarkers(List.of(new BiomarkerDifference("apd90FromMaxUpstrokeMs", 5.0, 100.0, 101.5, -1.5)))
                .build();
    }

    private static DriftReport drift(DriftState state, double effectSize) {
        return DriftReport.newBuilder()
                .setCellModel(FHN)
                .setModelId("m-1")
                .setWindow(1)
                .setAudits(50)
                .setMedianRelativeL2(0.01)
                .setP90RelativeL2(0.02)
                .setExpectedRelativeL2(0.01)
                .setEffectSize(effectSize)
                .setState(state)
                .setCoverage(0.88)
                .setInputDrift(Map.of("PEAK_CURRENT", 0.7))
                .setLastAuditAtMs(1)
                .build();
    }

    private static TrainingReport training(TrainingPhase phase, int step) {
        return TrainingReport.newBuilder()
                .setRunId("r-1")
                .setCellModel(FHN)
                .setPhase(phase)
                .setTrigger("drift")
                .setDetail("")
                .setStep(step)
                .setTotalSteps(100)
                .setAtMs(1)
                .build();
    }
}
