package org.ionstream.trainer.tuning.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HyperparameterTest {
    @Test
    void shouldDrawEveryStepAsOften() {
        Range layers = Range.integers("layers", 1, 5);
        SearchSpace space = new SearchSpace(List.of(layers));
        SplittableRandom random = new SplittableRandom(1);
        int[] counts = new int[6];

        IntStream.range(0, 5_000)
                .forEach(i -> counts[Integer.parseInt(space.random(random).get("layers"))]++);

        assertThat(counts[0]).isZero();
        assertThat(Arrays.stream(counts).skip(1)).allMatch(count -> count > 850 && count < 1_150);
    }

    @Test
    void shouldDrawEveryDecadeOfALogarithmicRangeAsOften() {
        SearchSpace space = new SearchSpace(List.of(new Range("rate", 1e-4, 1, 0, Range.Scale.LOGARITHMIC)));
        SplittableRandom random = new SplittableRandom(2);

        long small = IntStream.range(0, 4_000)
                .filter(i -> Double.parseDouble(space.random(random).get("rate")) < 1e-3)
                .count();

        assertThat(small).isBetween(900L, 1_100L);
    }

    @Test
    void shouldWriteQuantisedValuesWithoutRoundingNoise() {
        Range decay = new Range("decay", 0.75, 0.99, 0.01, Range.Scale.LINEAR);

        assertThat(decay.text(0.8612)).isEqualTo("0.86");
        assertThat(decay.text(7)).isEqualTo("0.99");
        assertThat(decay.contains("0.86")).isTrue();
        assertThat(decay.contains("0.865")).isFalse();
        assertThat(decay.contains("0.7")).isFalse();
        assertThat(decay.contains("much")).isFalse();
    }

    @Test
    void shouldReadBackWhatItWrites() {
        Range rate = new Range("rate", 1e-4, 1e-2, 1e-5, Range.Scale.LOGARITHMIC);
        Choice choice = new Choice("activation", List.of("GELU", "TANH"));

        assertThat(rate.coordinate(rate.text(Math.log(3e-3)))).isCloseTo(Math.log(3e-3), within(1e-9));
        assertThat(choice.coordinate(choice.text(1))).isEqualTo(1);
        assertThat(choice.contains("RELU")).isFalse();
    }

    @Test
    void shouldRefuseWhatCannotBeSearched() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Range("rate", 0, 1, 0, Range.Scale.LOGARITHMIC))
                .withMessageContaining("rate from 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Range("rate", 2, 1, 0, Range.Scale.LINEAR))
                .withMessageContaining("low must be below high");
        assertThatIllegalArgumentException().isThrownBy(() -> new Choice("activation", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new SearchSpace(List.of()));
    }
}
