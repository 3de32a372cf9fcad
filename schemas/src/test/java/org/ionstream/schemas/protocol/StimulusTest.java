package org.ionstream.schemas.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.ionstream.schemas.protocol.Protocols.fitzHughNagumo;
import static org.ionstream.schemas.protocol.Protocols.pulse;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ionstream.schemas.message.SampledCurrent;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus.Segment;
import org.ionstream.schemas.wire.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StimulusTest {
    @ParameterizedTest
    @MethodSource("broken")
    void shouldRefuseWithTheNumbersAndTheRemedy(StimulusProtocol.Builder protocol, String message) {
        StimulusProtocol built = protocol.build();

        assertThatThrownBy(() -> Stimulus.of(built))
                .isInstanceOf(InvalidProtocolException.class)
                .hasMessageContaining(message);
    }

    static Stream<Arguments> broken() {
        double nan = Double.NaN;
        double infinite = Double.POSITIVE_INFINITY;
        return Stream.of(
                Arguments.of(fitzHughNagumo().setId(""), "id has 0 characters; 1 to 128"),
                Arguments.of(fitzHughNagumo().setId("x".repeat(129)), "id has 129 characters"),
                Arguments.of(
                        fitzHughNagumo().setCellModel("nobody-1900"), "unknown cell model 'nobody-1900'; known are"),
                Arguments.of(fitzHughNagumo().setVariables(List.of("u")), "has no variable 'u'; it has [V, w]"),
                Arguments.of(fitzHughNagumo().setVariables(List.of("V", "V")), "wanted twice"),
                Arguments.of(fitzHughNagumo().setHorizonMs(0), "horizonMs is 0.0"),
                Arguments.of(fitzHughNagumo().setHorizonMs(nan), "horizonMs is NaN"),
                Arguments.of(fitzHughNagumo().setHorizonMs(1e6), "at most 10000.0"),
                Arguments.of(fitzHughNagumo().setOutputStepMs(-1), "outputStepMs is -1.0"),
                Arguments.of(fitzHughNagumo().setOutputStepMs(nan), "outputStepMs is NaN"),
                Arguments.of(fitzHughNagumo().setOutputStepMs(101), "at most the horizon"),
                Arguments.of(fitzHughNagumo().setOutputStepMs(1e-3), "100000 output samples"),
                Arguments.of(
                        fitzHughNagumo().setCellModel("ohara-rudy-2011").setOutputStepMs(0.01),
                        "41 variables x 10000 samples are 1640000 bytes"),
                Arguments.of(fitzHughNagumo(pulse(-1, 1, 1)), "pulse 0 starts at -1.0 ms"),
                Arguments.of(fitzHughNagumo(pulse(nan, 1, 1)), "pulse 0 starts at NaN ms"),
                Arguments.of(fitzHughNagumo(pulse(0, -1, 1)), "pulse 0 lasts -1.0 ms; it must last 0 to 10000.0"),
                Arguments.of(fitzHughNagumo(pulse(0, infinite, 1)), "pulse 0 lasts Infinity ms"),
                Arguments.of(fitzHughNagumo(pulse(0, 1, nan)), "pulse 0 has amplitude NaN"),
                Arguments.of(fitzHughNagumo(pulse(0, 1, -1e4)), "amplitude -10000.0; it must be within +-1000.0"),
                Arguments.of(
                        fitzHughNagumo(pulse(0, 5, 1), pulse(4, 5, 1)),
                        "pulse 1 starts at 4.0 ms, before the one ahead of it ends at 5.0 ms"),
                Arguments.of(fitzHughNagumo(pulse(9, 1, 1), pulse(0, 1, 1)), "pulse 1 starts at 0.0 ms, before"),
                Arguments.of(
                        fitzHughNagumo().setPulses(Collections.nCopies(1_001, pulse(0, 0, 1))),
                        "1001 pulses; at most 1000"),
                Arguments.of(
                        fitzHughNagumo(pulse(0, 1, 1)).setSampledCurrent(new SampledCurrent(1.0, List.of(1f))),
                        "1 pulses and a sampled current"),
                Arguments.of(
                        fitzHughNagumo().setSampledCurrent(new SampledCurrent(1.0, List.of(1f, Float.NaN))),
                        "sampled current is NaN at sample 1"),
                Arguments.of(
                        fitzHughNagumo().setSampledCurrent(new SampledCurrent(0.0, List.of(1f))),
                        "sampled current with step 0.0 ms"),
                Arguments.of(fitzHughNagumo().setTags(tags(17)), "17 tags; at most 16"),
                Arguments.of(
                        fitzHughNagumo().setTags(Map.of("k", "v".repeat(257))),
                        "a tag of 1 + 257 characters; at most 256 together"));
    }

    @Test
    void shouldAcceptPulsesThatTouchWithinRounding() {
        double cycle = 0.1 + 0.2;

        assertThat(Stimulus.of(fitzHughNagumo(pulse(0, cycle, 1), pulse(0.3, 1, 1))
                                .build())
                        .pulses())
                .hasSize(2);
    }

    @Test
    void shouldCoverTheHorizonWithSegmentsThatBreakAtEveryEdge() {
        Stimulus stimulus = Stimulus.of(
                fitzHughNagumo(pulse(2, 3, 1), pulse(5, 1, 2), pulse(98, 10, 3)).build());

        assertThat(stimulus.segments(100))
                .containsExactly(
                        new Segment(0, 2, 0),
                        new Segment(2, 5, 1),
                        new Segment(5, 6, 2),
                        new Segment(6, 98, 0),
                        new Segment(98, 100, 3));
    }

    @Test
    void shouldKeepTheChargeOfAPulseWithinACell() {
        Stimulus stimulus = Stimulus.of(
                fitzHughNagumo(pulse(1.25, 0.5, 2), pulse(3.5, 2, 1)).build());

        float[] means = stimulus.cellMeans(new TimeGrid(1, 8));

        assertThat(means).containsExactly(0, 1, 0, 0.5f, 1, 0.5f, 0, 0);
    }

    @Test
    void shouldKeepTheChargeOnAnyGrid() {
        Stimulus stimulus = Stimulus.of(
                fitzHughNagumo(pulse(0.013, 0.02, 5), pulse(7.77, 13.1, -2)).build());

        for (double step : new double[] {0.07, 0.3125, 1, 3.3}) {
            double charge = 0;
            for (float mean : stimulus.cellMeans(TimeGrid.covering(100, step))) {
                charge += mean * step;
            }
            assertThat(charge).isCloseTo(0.02 * 5 - 13.1 * 2, within(1e-5));
        }
    }

    @Test
    void shouldReadASampledCurrentAsPulses() {
        SampledCurrent current = new SampledCurrent(0.5, List.of(0f, 1f, 1f, 0f, 2f));

        Stimulus stimulus =
                Stimulus.of(fitzHughNagumo().setSampledCurrent(current).build());

        assertThat(stimulus.pulses()).containsExactly(pulse(0.5, 1, 1), pulse(2, 0.5, 2));
    }

    private static Map<String, String> tags(int count) {
        Map<String, String> tags = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            tags.put("key" + i, "value");
        }
        return tags;
    }
}
