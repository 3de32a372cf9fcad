package org.ionstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ionstream.producer.pacing.PacingDistribution;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.junit.jupiter.api.Test;

class ProtocolsBetweenTest {
    private static final int AUDITED = 200;

    private final List<StimulusProtocol> audited = audited();

    @Test
    void shouldBreakNoRuleAndKeepThePulseCountsOfTheStream() {
        List<StimulusProtocol> between = ProtocolsBetween.of(audited, same(), 500, 1);

        assertThat(between).hasSize(500);
        assertThat(between).extracting(StimulusProtocol::getId).doesNotHaveDuplicates();
        assertThat(between)
                .allSatisfy(
                        protocol -> assertThatCode(() -> Stimulus.of(protocol)).doesNotThrowAnyException());
        assertThat(between)
                .extracting(protocol -> protocol.getPulses().size())
                .containsAll(audited.stream()
                        .map(protocol -> protocol.getPulses().size())
                        .toList());
        double largest = audited.stream()
                .flatMap(protocol -> protocol.getPulses().stream())
                .mapToDouble(Pulse::getAmplitude)
                .max()
                .orElseThrow();
        assertThat(between)
                .flatExtracting(StimulusProtocol::getPulses)
                .allSatisfy(pulse -> assertThat(pulse.getAmplitude()).isLessThanOrEqualTo(largest));
    }

    @Test
    void shouldBeNearTheProtocolsThatTheModelIsWorstAt() {
        double[] errors = new double[AUDITED];
        errors[17] = 1;
        int pulses = audited.get(17).getPulses().size();

        List<StimulusProtocol> between = ProtocolsBetween.of(audited, errors, 50, 1);

        assertThat(between)
                .allSatisfy(protocol -> assertThat(protocol.getPulses()).hasSize(pulses));
    }

    @Test
    void shouldBeTheSameForTheSameSeed() {
        assertThat(ProtocolsBetween.of(audited, same(), 20, 3))
                .isEqualTo(ProtocolsBetween.of(audited, same(), 20, 3))
                .isNotEqualTo(ProtocolsBetween.of(audited, same(), 20, 4));
    }

    @Test
    void shouldMakeNoneOfProtocolsWithoutPulses() {
        StimulusProtocol silent =
                StimulusProtocol.newBuilder(audited.get(0)).setPulses(List.of()).build();

        assertThat(ProtocolsBetween.of(List.of(silent), new double[] {1}, 5, 1)).isEmpty();
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
