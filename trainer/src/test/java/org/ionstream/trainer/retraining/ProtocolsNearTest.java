package org.ionstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ionstream.producer.pacing.PacingDistribution;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.junit.jupiter.api.Test;

class ProtocolsNearTest {
    private static final int AUDITED = 200;

    private final List<StimulusProtocol> audited = audited();

    @Test
    void shouldBreakNoRuleAndKeepThePulseCountsOfTheStream() {
        List<StimulusProtocol> near = ProtocolsNear.of(audited, same(), 500, 1);

        assertThat(near).hasSize(500);
        assertThat(near).extracting(StimulusProtocol::getId).doesNotHaveDuplicates();
        assertThat(near)
                .allSatisfy(
                        protocol -> assertThatCode(() -> Stimulus.of(protocol)).doesNotThrowAnyException());
        assertThat(near)
                .extracting(protocol -> protocol.getPulses().size())
                .containsAll(audited.stream()
                        .map(protocol -> protocol.getPulses().size())
                        .toList());
        assertThat(near)
                .flatExtracting(StimulusProtocol::getPulses)
                .allSatisfy(pulse -> assertThat(pulse.getAmplitude()).isNotNegative());
    }

    @Test
    void shouldBeSpreadAsTheStreamIs() {
        double[] onsets = firstOnsetsMs(audited);
        double[] near = firstOnsetsMs(ProtocolsNear.of(audited, same(), 2_000, 1));

        assertThat(mean(near)).isCloseTo(mean(onsets), within(1.0));
        assertThat(deviation(near)).isCloseTo(deviation(onsets), withinPercentage(12));
    }

    @Test
    void shouldBeNearTheProtocolsThatTheModelIsWorstAt() {
        assertThat(shareNearWorst(0.02))
                .isCloseTo(2.0 * shareNearWorst(0.01) / (1 + shareNearWorst(0.01)), within(0.05));
    }

    @Test
    void shouldFavourWhatTheModelIsFarWorseAtNoMore() {
        assertThat(shareNearWorst(10)).isEqualTo(shareNearWorst(0.02));
    }

    /** Of protocols made where the error is 0.01 but for one pulse count, which has another. */
    private double shareNearWorst(double worst) {
        int pulses = audited.get(0).getPulses().size();
        double[] errors = audited.stream()
                .mapToDouble(protocol -> protocol.getPulses().size() == pulses ? worst : 0.01)
                .toArray();
        return ProtocolsNear.of(audited, errors, 2_000, 1).stream()
                .mapToDouble(protocol -> protocol.getPulses().size() == pulses ? 1 : 0)
                .average()
                .orElseThrow();
    }

    @Test
    void shouldBeTheSameForTheSameSeed() {
        assertThat(ProtocolsNear.of(audited, same(), 20, 3))
                .isEqualTo(ProtocolsNear.of(audited, same(), 20, 3))
                .isNotEqualTo(ProtocolsNear.of(audited, same(), 20, 4));
    }

    @Test
    void shouldMakeNoneOfProtocolsWithoutPulses() {
        StimulusProtocol silent =
                StimulusProtocol.newBuilder(audited.get(0)).setPulses(List.of()).build();

        assertThat(ProtocolsNear.of(List.of(silent), new double[] {1}, 5, 1)).isEmpty();
    }

    private static double[] firstOnsetsMs(List<StimulusProtocol> protocols) {
        return protocols.stream()
                .mapToDouble(protocol -> protocol.getPulses().get(0).getOnsetMs())
                .toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());
    }

    private static double[] same() {
        double[] errors = new double[AUDITED];
        Arrays.fill(errors, 0.1);
        return errors;
    }

    private static List<StimulusProtocol> audited() {
        List<StimulusProtocol> trains = new ArrayList<>();
        PacingDistribution.of(CellModels.FITZHUGH_NAGUMO_1961)
                .endless(5, "audited")
                .limit(AUDITED)
                .forEachRemaining(trains::add);
        return trains;
    }
}
