package org.ionstream.trainer.tuning.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Published test functions of global optimisation (L. C. W. Dixon and G. P. Szego, 1978), and searches on them. */
final class TestFunctions {
    private static final double[] ALPHA = {1, 1.2, 3, 3.2};
    private static final double[][] A = {
        {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
    };
    private static final double[][] P = {
        {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
        {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
        {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
        {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
    };

    static final double BRANIN_MINIMUM = 0.397887;
    static final double HARTMANN_MINIMUM = -3.32237;
    static final SearchSpace BRANIN_SPACE = new SearchSpace(
            List.of(new Range("x", -5, 10, 0, Range.Scale.LINEAR), new Range("y", 0, 15, 0, Range.Scale.LINEAR)));
    static final SearchSpace HARTMANN_SPACE = new SearchSpace(IntStream.range(0, 6)
            .<Hyperparameter>mapToObj(i -> new Range("x" + i, 0, 1, 0, Range.Scale.LINEAR))
            .toList());

    private TestFunctions() {}

    static double branin(Map<String, String> point) {
        double x = Double.parseDouble(point.get("x"));
        double y = Double.parseDouble(point.get("y"));
        double parabola = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
        return parabola * parabola + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    }

    static double hartmann(Map<String, String> point) {
        double sum = 0;
        for (int i = 0; i < ALPHA.length; i++) {
            double exponent = 0;
            for (int j = 0; j < 6; j++) {
                double distance = Double.parseDouble(point.get("x" + j)) - P[i][j];
                exponent += A[i][j] * distance * distance;
            }
            sum -= ALPHA[i] * Math.exp(-exponent);
        }
        return sum;
    }

    /** The least value found by so many evaluations. */
    static double best(Sampler sampler, ToDoubleFunction<Map<String, String>> function, int evaluations, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Observation> seen = new ArrayList<>();
        for (int i = 0; i < evaluations; i++) {
            Map<String, String> point = sampler.next(seen, random);
            seen.add(new Observation(point, 0, function.applyAsDouble(point)));
        }
        return seen.stream().mapToDouble(Observation::error).min().orElseThrow();
    }

    /** Of the least values of so many searches, seeds from 0. */
    static double medianBest(
            Sampler sampler, ToDoubleFunction<Map<String, String>> function, int evaluations, int searches) {
        return IntStream.range(0, searches)
                .mapToDouble(seed -> best(sampler, function, evaluations, seed))
                .sorted()
                .skip(searches / 2)
                .findFirst()
                .orElseThrow();
    }
}
