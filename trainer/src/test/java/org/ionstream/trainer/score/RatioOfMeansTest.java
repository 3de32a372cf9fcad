package org.ionstream.trainer.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RatioOfMeansTest {
    private final double[] champion =
            new SplittableRandom(5).doubles(100, 0, 1).map(Math::exp).toArray();

    @Test
    void shouldBeSureOfAModelThatIsBetterOnEveryProtocol() {
        RatioOfMeans comparison = RatioOfMeans.paired(champion, scaled(0.8));

        assertThat(comparison.ratio()).isCloseTo(0.8, within(1e-12));
        assertThat(comparison.lowest()).isCloseTo(0.8, within(1e-12));
        assertThat(comparison.highest()).isCloseTo(0.8, within(1e-12));
    }

    @Test
    void shouldNotBeSureOfOneFailureMore() {
        double[] challenger = scaled(0.99);
        challenger[7] = 10;

        RatioOfMeans comparison = RatioOfMeans.paired(champion, challenger);

        assertThat(comparison.lowest()).isLessThan(1);
        assertThat(comparison.highest()).isGreaterThan(1);
    }

    @Test
    void shouldCoverTheTrueRatioOfTwoKindsOfNoiseAboutAsOftenAsItSays() {
        assertThat(covered(RatioOfMeans::paired, 80, 80)).isBetween(180L, 198L);
    }

    @Test
    void shouldBeLessSureOfTheSameErrorsOnOtherProtocols() {
        RatioOfMeans paired = RatioOfMeans.paired(champion, scaled(0.8));

        RatioOfMeans unpaired = RatioOfMeans.unpaired(champion, scaled(0.8));

        assertThat(unpaired.ratio()).isCloseTo(paired.ratio(), within(1e-12));
        assertThat(unpaired.lowest()).isLessThan(0.78);
        assertThat(unpaired.highest()).isGreaterThan(0.82);
    }

    @Test
    void shouldCoverTheTrueRatioOfSetsOfTwoSizesAboutAsOftenAsItSays() {
        assertThat(covered(RatioOfMeans::unpaired, 80, 300)).isBetween(180L, 198L);
    }

    @Test
    void shouldRefuseErrorsOfNoProtocols() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RatioOfMeans.unpaired(champion, new double[0]))
                .withMessage("errors of 100 and 0 protocols; a comparison needs at least 1 of each");
    }

    @Test
    void shouldRefuseErrorsOfOtherProtocols() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RatioOfMeans.paired(champion, new double[3]))
                .withMessage("errors of 100 and 3 protocols; a comparison needs the same ones, at least 1");
    }

    /** Of 200 pairs of sets with the same true mean. */
    private static long covered(BiFunction<double[], double[], RatioOfMeans> comparison, int before, int after) {
        return IntStream.range(0, 200)
                .filter(seed -> {
                    SplittableRandom random = new SplittableRandom(seed);
                    RatioOfMeans ratio = comparison.apply(
                            random.doubles(before, 0, 1).toArray(),
                            random.doubles(after, 0, 1).toArray());
                    return ratio.lowest() <= 1 && 1 <= ratio.highest();
                })
                .count();
    }

    private double[] scaled(double factor) {
        double[] scaled = champion.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }
}
