package org.ionstream.schemas.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.SampledCurrent;
import org.ionstream.schemas.message.StimulusProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolCheckTest {

    static Stream<Arguments> brokenRules() {
        return Stream.of(
                broken("id has 0 characters", Protocols.valid().setId("")),
                broken("id has 129 characters", Protocols.valid().setId("x".repeat(129))),
                broken(
                        "unknown cell model 'frog-1952'; known are fitzhugh-nagumo-1961",
                        Protocols.valid().setCellModel("frog-1952")),
                broken("17 tags; at most 16", Protocols.valid().setTags(tags(17))),
                broken(
                        "tag 'k' has a key of 1 and a value of 257 characters; at most 256",
                        Protocols.valid().setTags(Map.of("k", "v".repeat(257)))),
                broken("a key of 257 and", Protocols.valid().setTags(Map.of("k".repeat(257), "v"))),
                broken(
                        "fitzhugh-nagumo-1961 has no variable 'm'; it has [V, w]",
                        Protocols.valid().setVariables(List.of("V", "m"))),
                broken(
                        "2 variables are wanted, one of them twice",
                        Protocols.valid().setVariables(List.of("V", "V"))),
                broken("1001 pulses; at most 1000", Protocols.valid().setPulses(pulses(1001))),
                broken(
                        "pulse 1 starts at 5.0 ms, before the one ahead of it ends at 6.0 ms",
                        Protocols.with(new Pulse(4.0, 2.0, 1.0), new Pulse(5.0, 1.0, 1.0))),
                broken(
                        "pulse 1 starts at 1.0 ms, before the one ahead of it ends at 6.0 ms",
                        Protocols.with(new Pulse(5.0, 1.0, 1.0), new Pulse(1.0, 1.0, 1.0))),
                broken("pulse 0 starts at -1.0 ms", Protocols.with(new Pulse(-1.0, 1.0, 1.0))),
                broken("pulse 0 lasts -1.0 ms", Protocols.with(new Pulse(1.0, -1.0, 1.0))),
                broken("pulse 0 has amplitude -1001.0", Protocols.with(new Pulse(1.0, 1.0, -1001.0))),
                broken(
                        "20001 output samples (horizon 10000.0 ms / step 0.499999 ms); at most 20000",
                        Protocols.valid().setHorizonMs(10_000).setOutputStepMs(0.499999)),
                broken(
                        "41 variables x 6000 samples are 984000 bytes; at most 900000",
                        Protocols.valid().setCellModel("ohara-rudy-2011").setHorizonMs(6000)),
                broken(
                        "fitzhugh-nagumo-1961 has no variant 'epicardial'; it has none",
                        Protocols.valid().setVariant("epicardial")),
                broken(
                        "ohara-rudy-2011 has no variant 'atrial'; it has endocardial, epicardial, midmyocardial",
                        oharaRudy().setVariant("atrial")),
                broken(
                        "ohara-rudy-2011 has no published initial state 'S9'; it has text-S1, code",
                        oharaRudy().setPublishedState("S9")),
                broken(
                        "fitzhugh-nagumo-1961 has no parameter 'gNa'; it has b, beta, delta, c, e, gamma",
                        Protocols.valid().setParameters(Map.of("gNa", 1.0))),
                broken(
                        "parameter K_o is -5.4 mM; it must be in [0.5, 30.0], published is 5.4",
                        oharaRudy().setParameters(Map.of("K_o", -5.4))),
                broken(
                        "parameter GKr_scale is 11.0; it must be in [0.0, 10.0]",
                        oharaRudy().setParameters(Map.of("GKr_scale", 11.0))),
                broken(
                        "ohara-rudy-2011 has no variable 'K' to start from; it has [CaMK_trap, ",
                        oharaRudy().setInitialState(Map.of("K", 140.0))),
                broken(
                        "initial K_i is 0.0 mM; it must be in [3.0E-4, 300.0]",
                        oharaRudy().setInitialState(Map.of("K_i", 0.0))),
                broken("initial m is 1.1; it must be in [0.0, 1.0]", oharaRudy().setInitialState(Map.of("m", 1.1))),
                broken("outputStepMs is 101.0", Protocols.valid().setOutputStepMs(101)),
                broken("horizonMs is 10001.0", Protocols.valid().setHorizonMs(10_001)),
                broken(
                        "1 pulses and a sampled current",
                        Protocols.with(new Pulse(1.0, 1.0, 1.0))
                                .setSampledCurrent(new SampledCurrent(1.0, List.of(1f)))),
                broken(
                        "sampled current of 10001 values; at most 10000",
                        Protocols.valid().setSampledCurrent(new SampledCurrent(1.0, Collections.nCopies(10_001, 0f)))),
                broken("sampled current is NaN at sample 1", Protocols.sampled(1, 0f, Float.NaN)),
                broken("sampled current is -Infinity at sample 0", Protocols.sampled(1, Float.NEGATIVE_INFINITY)),
                broken("sampled current with step 0.0 ms", Protocols.sampled(0, 1f)),
                broken("sampled current with step NaN ms", Protocols.sampled(Double.NaN, 1f)));
    }

    @ParameterizedTest
    @MethodSource("brokenRules")
    void shouldRefuseABrokenRuleWithItsNumbers(String message, StimulusProtocol protocol) {
        assertThatThrownBy(() -> Stimulus.of(protocol))
                .isInstanceOf(InvalidProtocolException.class)
                .hasMessageContaining(message)
                .hasMessageStartingWith("protocol '");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void shouldRefuseNumbersThatAreNotFiniteWhereverTheyStand(double bad) {
        List<StimulusProtocol.Builder> protocols = List.of(
                Protocols.valid().setHorizonMs(bad),
                Protocols.valid().setOutputStepMs(bad),
                Protocols.with(new Pulse(bad, 1.0, 1.0)),
                Protocols.with(new Pulse(1.0, bad, 1.0)),
                Protocols.with(new Pulse(1.0, 1.0, bad)),
                Protocols.sampled(bad, 1f),
                oharaRudy().setParameters(Map.of("K_o", bad)),
                oharaRudy().setInitialState(Map.of("V", bad)));

        assertThat(protocols)
                .allSatisfy(protocol -> assertThatThrownBy(() -> Stimulus.of(protocol.build()))
                        .isInstanceOf(InvalidProtocolException.class)
                        .hasMessageContaining(Double.toString(bad)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.MIN_VALUE})
    void shouldRefuseAnOutputStepThatGivesNoEndOfSamples(double step) {
        StimulusProtocol protocol = Protocols.valid().setOutputStepMs(step).build();

        assertThatThrownBy(() -> Stimulus.of(protocol)).isInstanceOf(InvalidProtocolException.class);
    }

    @Test
    void shouldNotRepeatALongNameInFull() {
        StimulusProtocol protocol =
                Protocols.valid().setCellModel("x".repeat(900_000)).build();

        assertThatThrownBy(() -> Stimulus.of(protocol))
                .extracting(Throwable::getMessage)
                .satisfies(message -> assertThat(message).hasSizeLessThan(500));
    }

    @Test
    void shouldNotRepeatLongNamesOfConditionsInFull() {
        String huge = "x".repeat(900_000);
        List<StimulusProtocol.Builder> protocols = List.of(
                oharaRudy().setVariant(huge),
                oharaRudy().setPublishedState(huge),
                oharaRudy().setParameters(Map.of(huge, 1.0)),
                oharaRudy().setInitialState(Map.of(huge, 1.0)));

        assertThat(protocols)
                .allSatisfy(protocol -> assertThatThrownBy(() -> Stimulus.of(protocol.build()))
                        .extracting(Throwable::getMessage)
                        .satisfies(message -> assertThat(message).hasSizeLessThan(1000)));
    }

    @Test
    void shouldAllowPulsesThatTouchWithinRounding() {
        List<Pulse> train = IntStream.range(0, 1000)
                .mapToObj(k -> new Pulse(0.1 * k, 0.1, 1.0))
                .toList();

        Stimulus stimulus = Stimulus.of(Protocols.valid().setPulses(train).build());

        assertThat(stimulus.pulses()).hasSize(1000);
    }

    @Test
    void shouldAllowEveryLimitItself() {
        StimulusProtocol protocol = Protocols.valid()
                .setId("x".repeat(128))
                .setTags(tags(16))
                .setPulses(pulses(1000))
                .setHorizonMs(10_000)
                .setOutputStepMs(0.5)
                .setVariables(List.of("w"))
                .build();

        Stimulus stimulus = Stimulus.of(protocol);

        assertThat(stimulus.grid().samples()).isEqualTo(20_000);
    }

    @Test
    void shouldCountTheBytesOfTheVariablesWantedOnly() {
        StimulusProtocol protocol = Protocols.valid()
                .setCellModel("ohara-rudy-2011")
                .setHorizonMs(6000)
                .setVariables(List.of("V", "Ca_i"))
                .build();

        assertThat(Stimulus.of(protocol).grid().samples()).isEqualTo(6000);
    }

    private static StimulusProtocol.Builder oharaRudy() {
        return Protocols.valid().setCellModel("ohara-rudy-2011");
    }

    private static Arguments broken(String message, StimulusProtocol.Builder protocol) {
        return Arguments.of(message, protocol.build());
    }

    private static List<Pulse> pulses(int count) {
        return IntStream.range(0, count)
                .mapToObj(k -> new Pulse((double) k, 0.5, 1.0))
                .toList();
    }

    /** The longest that are carried. */
    private static Map<String, String> tags(int count) {
        return IntStream.range(0, count)
                .boxed()
                .collect(Collectors.toMap(i -> "%0256d".formatted(i), i -> "v".repeat(256)));
    }
}
