package org.ionstream.trainer.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class DistributionTest {
    @Test
    void shouldReadQuantilesBetweenTheNumbers() {
        Distribution distribution =
                Distribution.of(DoubleStream.of(4, 1, 2, 13, 0)).orElseThrow();

        assertThat(distribution).isEqualTo(new Distribution(5, 4, 0.2, 1, 2, 4, 11.2, 13));
    }

    @Test
    void shouldHoldTheMedianOfAnEvenCount() {
        assertThat(Distribution.of(DoubleStream.of(1, 2, 3, 9)).orElseThrow().median())
                .isEqualTo(2.5);
    }

    @Test
    void shouldNotCountWhatIsNoNumber() {
        assertThat(Distribution.of(DoubleStream.of(Double.NaN, 7)).orElseThrow().count())
                .isEqualTo(1);
        assertThat(Distribution.of(DoubleStream.of(Double.NaN))).isEmpty();
    }
}
