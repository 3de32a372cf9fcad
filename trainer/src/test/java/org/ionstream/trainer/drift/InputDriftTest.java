package org.ionstream.trainer.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.ionstream.schemas.message.InputHistogram;
import org.junit.jupiter.api.Test;

class InputDriftTest {
    private static final InputHistogram UNIFORM =
            new InputHistogram("CHARGE", List.of(0.2, 0.4, 0.6, 0.8), List.of(0.2, 0.2, 0.2, 0.2, 0.2));

    @Test
    void shouldBeTheStabilityIndex() {
        List<Map<String, Double>> audits = IntStream.range(0, 10)
                .mapToObj(i -> Map.of("CHARGE", i < 4 ? 0.1 : 0.1 * i + 0.05))
                .toList();

        double index = InputDrift.of(List.of(UNIFORM), audits).get("CHARGE");

        double expected = (0.4 - 0.2) * Math.log(2) + (0.005 - 0.2) * Math.log(0.005 / 0.2);
        assertThat(index).isCloseTo(expected, within(1e-9));
    }

    @Test
    void shouldBeSmallWithoutDrift() {
        Random random = new Random(3);
        List<Map<String, Double>> audits = IntStream.range(0, 1_000)
                .mapToObj(i -> Map.of("CHARGE", random.nextDouble()))
                .toList();

        assertThat(InputDrift.of(List.of(UNIFORM), audits).get("CHARGE")).isLessThan(0.02);
    }

    @Test
    void shouldSayNothingOfFeaturesThatOneSideLacks() {
        assertThat(InputDrift.of(List.of(UNIFORM), List.of(Map.of("ONSET", 1.0))))
                .isEmpty();
        assertThat(InputDrift.of(List.of(), List.of(Map.of("CHARGE", 1.0)))).isEmpty();
    }
}
