package org.ionstream.trainer.tuning.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Medians of the least value after 100 evaluations, seeds from 0; random search is what the sampler is held against. */
class ParzenSamplerTest {
    private static final int SEARCHES = 15;

    @Test
    void shouldKnowTheMinimaOfTheTestFunctions() {
        assertThat(TestFunctions.branin(Map.of("x", Double.toString(Math.PI), "y", "2.275")))
                .isCloseTo(TestFunctions.BRANIN_MINIMUM, within(1e-6));
        assertThat(TestFunctions.hartmann(Map.of(
                        "x0",
                        "0.20169",
                        "x1",
                        "0.150011",
                        "x2",
                        "0.476874",
                        "x3",
                        "0.275332",
                        "x4",
                        "0.311652",
                        "x5",
                        "0.6573")))
                .isCloseTo(TestFunctions.HARTMANN_MINIMUM, within(1e-5));
    }

    @Test
    void shouldComeCloserThanRandomSearchOnBranin() {
        double found = TestFunctions.medianBest(
                ParzenSampler.of(TestFunctions.BRANIN_SPACE), TestFunctions::branin, 100, SEARCHES);
        double random = TestFunctions.medianBest(
                Sampler.random(TestFunctions.BRANIN_SPACE), TestFunctions::branin, 100, SEARCHES);

        assertThat(found - TestFunctions.BRANIN_MINIMUM).isLessThan(0.5 * (random - TestFunctions.BRANIN_MINIMUM));
    }

    @Test
    void shouldComeCloserThanRandomSearchOnHartmannInSixDimensions() {
        double found = TestFunctions.medianBest(
                ParzenSampler.of(TestFunctions.HARTMANN_SPACE), TestFunctions::hartmann, 100, SEARCHES);
        double random = TestFunctions.medianBest(
                Sampler.random(TestFunctions.HARTMANN_SPACE), TestFunctions::hartmann, 100, SEARCHES);

        assertThat(found - TestFunctions.HARTMANN_MINIMUM).isLessThan(0.8 * (random - TestFunctions.HARTMANN_MINIMUM));
    }

    @Test
    void shouldFindTheBestOfEveryKindOfHyperparameter() {
        SearchSpace space = new SearchSpace(List.of(
                new Range("rate", 1e-5, 1, 0, Range.Scale.LOGARITHMIC),
                Range.integers("layers", 1, 9),
                new Range("decay", 0.75, 0.99, 0.01, Range.Scale.LINEAR),
                new Choice("activation", List.of("A", "B", "C", "D"))));
        SplittableRandom random = new SplittableRandom(3);
        List<Observation> seen = new ArrayList<>();

        for (int i = 0; i < 150; i++) {
            Map<String, String> point = ParzenSampler.of(space).next(seen, random);
            seen.add(new Observation(point, 0, distance(point)));
        }

        Map<String, String> best =
                seen.stream().min(Observation.BEST_FIRST).orElseThrow().point();
        assertThat(best).containsEntry("activation", "C");
        assertThat(Math.log10(Double.parseDouble(best.get("rate")))).isCloseTo(-3, within(0.4));
        assertThat(Integer.parseInt(best.get("layers"))).isBetween(6, 8);
        assertThat(best.get("decay")).matches("0\\.\\d{1,2}");
    }

    private static double distance(Map<String, String> point) {
        return Math.abs(Math.log10(Double.parseDouble(point.get("rate"))) + 3)
                + 0.5 * Math.abs(Integer.parseInt(point.get("layers")) - 7)
                + 5 * Math.abs(Double.parseDouble(point.get("decay")) - 0.9)
                + (point.get("activation").equals("C") ? 0 : 1);
    }

    @Test
    void shouldProposeTheSameForTheSameSeed() {
        ParzenSampler sampler = ParzenSampler.of(TestFunctions.BRANIN_SPACE);

        assertThat(TestFunctions.best(sampler, TestFunctions::branin, 40, 5))
                .isEqualTo(TestFunctions.best(sampler, TestFunctions::branin, 40, 5))
                .isNotEqualTo(TestFunctions.best(sampler, TestFunctions::branin, 40, 6));
    }

    @Test
    void shouldTakePointsThatLackAHyperparameterOrFailed() {
        List<Observation> seen = IntStream.range(0, 40)
                .mapToObj(i -> new Observation(
                        i % 2 == 0 ? Map.of("x", "1") : Map.of("x", "2", "y", "7", "other", "z"),
                        0,
                        i % 3 == 0 ? Double.POSITIVE_INFINITY : i))
                .toList();

        Map<String, String> point = ParzenSampler.of(TestFunctions.BRANIN_SPACE).next(seen, new SplittableRandom(1));

        assertThat(point).containsOnlyKeys("x", "y");
    }

    @Test
    void shouldRankAHigherRungBeforeASmallerError() {
        Observation far = new Observation(Map.of(), 1, 0.5);
        Observation near = new Observation(Map.of(), 0, 0.1);
        Observation nearer = new Observation(Map.of(), 0, 0.05);

        assertThat(List.of(near, far, nearer).stream().sorted(Observation.BEST_FIRST))
                .containsExactly(far, nearer, near);
    }
}
