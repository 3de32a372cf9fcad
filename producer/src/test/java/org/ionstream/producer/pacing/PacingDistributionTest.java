package org.ionstream.producer.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.producer.PulseRanges;
import org.ionstream.producer.Range;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PacingDistributionTest {
    static List<CellModel> cellModels() {
        return CellModels.all();
    }

    @ParameterizedTest
    @MethodSource("cellModels")
    void shouldDrawValidProtocolsOfSeveralPulsesWithinTheHorizon(CellModel model) {
        List<StimulusProtocol> protocols = draw(model, 11, 2_000);

        assertThat(protocols).allSatisfy(protocol -> {
            Stimulus stimulus = Stimulus.of(protocol);
            assertThat(stimulus.pulses()).hasSizeBetween(2, 5).hasSameSizeAs(protocol.getPulses());
            Pulse last = stimulus.pulses().get(stimulus.pulses().size() - 1);
            assertThat(last.getOnsetMs() + last.getDurationMs()).isLessThanOrEqualTo(model.horizonMs());
        });
    }

    @ParameterizedTest
    @MethodSource("cellModels")
    void shouldDrawBothKindsAndEveryNumberOfPulses(CellModel model) {
        PacingRanges ranges = PacingRanges.of(model);

        List<StimulusProtocol> protocols = draw(model, 11, 2_000);

        assertThat(protocols.stream()
                        .map(protocol -> protocol.getPulses().size())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(ranges.fewest(), ranges.most())
                        .boxed()
                        .toList());
        assertThat(protocols)
                .filteredOn(protocol -> protocol.getTags().get("subset").equals("s1-s2"))
                .hasSizeBetween(900, 1_100);
    }

    @ParameterizedTest
    @MethodSource("cellModels")
    void shouldDrawTheSameFromTheSameSeed(CellModel model) {
        assertThat(draw(model, 3, 20)).isEqualTo(draw(model, 3, 20)).isNotEqualTo(draw(model, 4, 20));
    }

    @Test
    void shouldRefuseTrainsThatMayLastLongerThanTheHorizon() {
        PulseRanges longPulses = new PulseRanges(null, new Range(1, 20), null);

        assertThatThrownBy(() -> PacingDistribution.of(CellModels.FITZHUGH_NAGUMO_1961, longPulses))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("may last 120.0 ms, the horizon is 100.0 ms; narrow the ranges");
    }

    private static List<StimulusProtocol> draw(CellModel model, long seed, int count) {
        ProtocolSource source = PacingDistribution.of(model).endless(seed, "run");
        return IntStream.range(0, count).mapToObj(i -> source.next()).toList();
    }
}
