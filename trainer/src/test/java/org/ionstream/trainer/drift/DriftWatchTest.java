package org.ionstream.trainer.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ionstream.schemas.message.BiomarkerDifference;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.DiscrepancyStatus;
import org.ionstream.schemas.message.DriftAlert;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.DriftState;
import org.ionstream.schemas.message.InputHistogram;
import org.ionstream.schemas.message.RouteReason;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.message.VariableDiscrepancy;
import org.junit.jupiter.api.Test;

/** Windows of ten audits, three of which must agree; the error at release was 0.1. */
class DriftWatchTest {
    private static final int AUDITS = 10;
    private static final DriftSettings SETTINGS = Limits.of(0.1, AUDITS, 3);
    private static final List<InputHistogram> OWN =
            List.of(new InputHistogram("PULSES", List.of(0.1, 0.8), List.of(0.1, 0.9, 0.0)));

    private final List<DriftReport> reports = new ArrayList<>();
    private DriftWatch watch = DriftWatch.START;

    @Test
    void shouldReportAFullWindowWithItsQuantiles() {
        for (int i = 1; i <= AUDITS; i++) {
            take(compared(0.01 * i).setBiomarkers(List.of(apd90Error(-i))));
        }

        DriftReport report = reports.get(0);
        assertThat(reports).hasSize(1);
        assertThat(report.getAudits()).isEqualTo(AUDITS);
        assertThat(report.getMedianRelativeL2()).isCloseTo(0.055, within(1e-12));
        assertThat(report.getP90RelativeL2()).isCloseTo(0.091, within(1e-12));
        assertThat(report.getEffectSize()).isCloseTo(0.55, within(1e-12));
        assertThat(report.getMedianApd90ErrorMs()).isCloseTo(5.5, within(1e-12));
        assertThat(report.getP90Apd90ErrorMs()).isCloseTo(9.1, within(1e-12));
        assertThat(report.getCoverage()).isNull();
        assertThat(report.getCause()).isEmpty();
        assertThat(report.getState()).isEqualTo(DriftState.IN_DISTRIBUTION);
        assertThat(watch.window()).isEqualTo(DriftWindow.EMPTY);
    }

    @Test
    void shouldDeclareOnlyWhatPersistsAndClearOnlyWhatPersists() {
        errors(0.2, 0.2, 0.19, 0.2, 0.2, 0.2);
        assertThat(states())
                .containsExactly(
                        DriftState.SUSPECTED,
                        DriftState.SUSPECTED,
                        DriftState.IN_DISTRIBUTION,
                        DriftState.SUSPECTED,
                        DriftState.SUSPECTED,
                        DriftState.DRIFTED);
        assertThat(reports.get(5).getAlert()).isEqualTo(DriftAlert.RAISED);
        assertThat(reports.get(5).getCause()).isEqualTo("median error 0.2000 is 2.0 times that at release, limit 2.0");

        reports.clear();
        errors(0.17, 0.14, 0.14, 0.16, 0.14, 0.14, 0.14);
        assertThat(states().subList(0, 6)).containsOnly(DriftState.DRIFTED);
        assertThat(states().get(6)).isEqualTo(DriftState.IN_DISTRIBUTION);
        assertThat(reports.get(6).getAlert()).isEqualTo(DriftAlert.CLEARED);
    }

    @Test
    void shouldDeclareWhenTheModelLeavesProtocolsToTheReference() {
        for (int window = 0; window < 3; window++) {
            for (int i = 0; i < AUDITS; i++) {
                take(i < 8 ? compared(0.1) : left(i == 8 ? RouteReason.OUT_OF_RANGE : RouteReason.UNCERTAIN));
            }
        }

        assertThat(reports.get(2).getState()).isEqualTo(DriftState.DRIFTED);
        assertThat(reports.get(2).getRoutedShare()).isEqualTo(0.2);
        assertThat(reports.get(2).getCause()).contains("20 % of the protocols are left to the reference");
    }

    @Test
    void shouldCloseAWindowOfWhichTheModelAnsweredNothing() {
        for (int i = 0; i < AUDITS; i++) {
            take(left(RouteReason.NON_FINITE));
        }

        assertThat(reports.get(0).getRoutedShare()).isEqualTo(1);
        assertThat(reports.get(0).getMedianRelativeL2()).isZero();
        assertThat(reports.get(0).getEffectSize()).isZero();
        assertThat(reports.get(0).getState()).isEqualTo(DriftState.SUSPECTED);
    }

    @Test
    void shouldNotCountWhatSendersWishedFor() {
        for (int i = 0; i < 2 * AUDITS; i++) {
            take(left(RouteReason.ASKED));
            take(left(RouteReason.ACCURACY_WANTED));
            take(left(RouteReason.UNTRAINED_CONDITIONS));
            take(left(RouteReason.NO_MODEL));
        }

        assertThat(reports).isEmpty();
        assertThat(watch).isEqualTo(DriftWatch.START);
    }

    @Test
    void shouldDeclareWhenTheCurrentsAreOthers() {
        for (int i = 0; i < 3 * AUDITS; i++) {
            take(compared(0.1).setInputs(Map.of("PULSES", i % 2 == 0 ? 0.7 : 1.4)));
        }

        assertThat(reports.get(2).getState()).isEqualTo(DriftState.DRIFTED);
        assertThat(reports.get(2).getInputDrift().get("PULSES")).isGreaterThan(0.6);
        assertThat(reports.get(2).getCause()).startsWith("stability index of PULSES is");
    }

    @Test
    void shouldDeclareWhenTheBandsMiss() {
        for (int i = 0; i < 3 * AUDITS; i++) {
            take(compared(0.1).setVariables(List.of(variable("V", i % 10 < 3), variable("w", true))));
        }

        assertThat(reports.get(2).getCoverage()).isCloseTo(0.65, within(1e-12));
        assertThat(reports.get(2).getCoverageStandardError()).isCloseTo(Math.sqrt(10 * 0.0525) / 10, within(1e-9));
        assertThat(reports.get(2).getCause()).isEqualTo("bands miss 35 %, limit 30 %");
        assertThat(reports.get(2).getState()).isEqualTo(DriftState.DRIFTED);
    }

    @Test
    void shouldCountAuditsWhoseOtherHalfNeverCame() {
        take(Discrepancy.newBuilder(compared(0.1).build()).setStatus(DiscrepancyStatus.REFERENCE_MISSING));
        errors(0.1);

        assertThat(reports.get(0).getUnmatched()).isEqualTo(1);
    }

    @Test
    void shouldSurviveItsStore() {
        JsonSerde<DriftWatch> serde = new JsonSerde<>(DriftWatch.class);
        errors(0.2, 0.2);
        take(compared(0.3)
                .setInputs(Map.of("PULSES", 0.7))
                .setVariables(List.of(variable("V", true)))
                .setBiomarkers(List.of(apd90Error(2))));
        take(left(RouteReason.OUT_OF_RANGE));

        DriftWatch restored =
                serde.deserializer().deserialize("store", serde.serializer().serialize("store", watch));

        assertThat(restored).isEqualTo(watch);
        assertThat(serde.deserializer().deserialize("store", null)).isNull();
        assertThat(serde.serializer().serialize("store", null)).isNull();
    }

    @Test
    void shouldRefuseSettingsThatContradictThemselves() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DriftSettings.Limit(1.4, 1.5))
                .withMessageContaining("declared at 1.4 and cleared at 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limits.of(1.1, 4, 3))
                .withMessageContaining("1.1");
    }

    /** A window each. */
    private void errors(double... relativeL2) {
        for (double error : relativeL2) {
            for (int i = 0; i < AUDITS; i++) {
                take(compared(error));
            }
        }
    }

    private void take(Discrepancy.Builder discrepancy) {
        DriftWatch.Step step = watch.after(discrepancy.build(), OWN, 5, SETTINGS);
        watch = step.next();
        step.report().ifPresent(reports::add);
    }

    private List<DriftState> states() {
        return reports.stream().map(DriftReport::getState).toList();
    }

    private static Discrepancy.Builder compared(double relativeL2) {
        return Discrepancy.newBuilder()
                .setId("a")
                .setCellModel("c")
                .setModelId("m")
                .setSource(Source.SURROGATE)
                .setStatus(DiscrepancyStatus.COMPARED)
                .setRelativeL2(relativeL2)
                .setExpectedRelativeL2(0.1);
    }

    private static Discrepancy.Builder left(RouteReason reason) {
        return Discrepancy.newBuilder()
                .setId("a")
                .setCellModel("c")
                .setModelId("m")
                .setSource(Source.REFERENCE)
                .setReason(reason)
                .setStatus(DiscrepancyStatus.NOT_COMPARABLE);
    }

    private static VariableDiscrepancy variable(String name, boolean covered) {
        return new VariableDiscrepancy(name, 0.0, 0.0, 0.0, 0.0, covered);
    }

    private static BiomarkerDifference apd90Error(double differenceMs) {
        return new BiomarkerDifference("apd90FromMaxUpstrokeMs", 0.0, 1.0, 1.0, differenceMs);
    }
}
