package org.ionstream.trainer.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedComparisonTest {
    private final double[] champion =
            new SplittableRandom(5).doubles(100, 0, 1).map(Math::exp).toArray();

    @Test
    void shouldBeSureOfAModelThatIsBetterOnEveryProtocol() {
        PairedComparison comparison = PairedComparison.of(champion, scaled(0.8));

        assertThat(comparison.ratio()).isCloseTo(0.8, within(1e-12));
        assertThat(comparison.lowest()).isCloseTo(0.8, within(1e-12));
        assertThat(comparison.highest()).isCloseTo(0.8, within(1e-12));
    }

    @Test
    void shouldNotBeSureOfOneFailureMore() {
        double[] challenger = scaled(0.99);
        challenger[7] = 10;

        PairedComparison comparison = PairedComparison.of(champion, challenger);

        assertThat(comparison.lowest()).isLessThan(1);
        assertThat(comparison.highest()).isGreaterThan(1);
    }

    @Test
    void shouldCoverTheTrueRatioOfTwoKindsOfNoiseAboutAsOftenAsItSays() {
        long covered = IntStream.range(0, 200)
                .filter(seed -> {
                    SplittableRandom random = new SplittableRandom(seed);
                    double[] before = random.doubles(80, 0, 1).toArray();
                    double[] after = random.doubles(80, 0, 1).toArray();
                    PairedComparison comparison = PairedComparison.of(before, after);
                    return comparison.lowest() <= 1 && 1 <= comparison.highest();
                })
                .count();

        assertThat(covered).isBetween(180L, 198L);
    }

    @Test
    void shouldRefuseErrorsOfOtherProtocols() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PairedComparison.of(champion, new double[3]))
                .withMessage("errors of 100 and 3 protocols; a comparison needs the same ones, at least 1");
    }

    private double[] scaled(double factor) {
        double[] scaled = champion.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }
}
