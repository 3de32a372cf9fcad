package org.ionstream.trainer.tuning.search;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Tree-structured Parzen estimator: J. Bergstra, R. Bardenet, Y. Bengio, B. Kegl, "Algorithms for hyper-parameter
 * optimization", NIPS 2011, section 4. What was seen is split into the best few and the rest; of some points drawn from the
 * density of the best, the one is taken where that density is greatest beside the density of the rest. Each hyperparameter is
 * treated by itself; points that lack one count for the others only.
 *
 * @param space to search
 * @param startingPoints that are drawn evenly before there is enough to learn from
 * @param candidates of each hyperparameter to choose from
 * @param bestShare the best are this share of the square root of all, rounded up
 */
public record ParzenSampler(SearchSpace space, int startingPoints, int candidates, double bestShare)
        implements Sampler {
    public ParzenSampler {
        if (startingPoints < 1 || candidates < 1 || !(bestShare > 0)) {
            throw new IllegalArgumentException(
                    "Parzen sampler with %d starting points, %d candidates, best share %s; all must be positive"
                            .formatted(startingPoints, candidates, bestShare));
        }
    }

    /** With the settings of hyperopt, which the paper used: 20 starting points, 24 candidates, a quarter. */
    public static ParzenSampler of(SearchSpace space) {
        return new ParzenSampler(space, 20, 24, 0.25);
    }

    @Override
    public Map<String, String> next(List<Observation> seen, RandomGenerator random) {
        if (seen.size() < startingPoints) {
            return space.random(random);
        }
        List<Observation> ranked = seen.stream().sorted(Observation.BEST_FIRST).toList();
        int best = (int) Math.ceil(bestShare * Math.sqrt(ranked.size()));
        Map<String, String> point = new LinkedHashMap<>();
        for (Hyperparameter chosen : space.hyperparameters()) {
            double[] good = coordinates(chosen, ranked.subList(0, best));
            double[] poor = coordinates(chosen, ranked.subList(best, ranked.size()));
            point.put(chosen.name(), chosen.text(coordinate(chosen, good, poor, random)));
        }
        return point;
    }

    private static double[] coordinates(Hyperparameter of, List<Observation> seen) {
        return seen.stream()
                .map(observed -> observed.point().get(of.name()))
                .filter(text -> text != null && of.contains(text))
                .mapToDouble(of::coordinate)
                .toArray();
    }

    private double coordinate(Hyperparameter chosen, double[] good, double[] poor, RandomGenerator random) {
        if (chosen instanceof Choice choice) {
            double[] likely = shares(choice, good);
            double[] usual = shares(choice, poor);
            return best(() -> drawn(likely, random), i -> Math.log(likely[(int) i] / usual[(int) i]));
        }
        ParzenEstimator likely = new ParzenEstimator(chosen.from(), chosen.to(), good);
        ParzenEstimator usual = new ParzenEstimator(chosen.from(), chosen.to(), poor);
        return best(() -> likely.draw(random), x -> likely.logDensity(x) - usual.logDensity(x));
    }

    private double best(DoubleSupplier draw, DoubleUnaryOperator gain) {
        double best = draw.getAsDouble();
        double bestGain = gain.applyAsDouble(best);
        for (int i = 1; i < candidates; i++) {
            double other = draw.getAsDouble();
            double otherGain = gain.applyAsDouble(other);
            if (otherGain > bestGain) {
                best = other;
                bestGain = otherGain;
            }
        }
        return best;
    }

    /** How often each value was seen, and once more. */
    private static double[] shares(Choice choice, double[] indices) {
        double[] shares = new double[choice.values().size()];
        Arrays.fill(shares, 1);
        for (double index : indices) {
            shares[(int) index]++;
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= shares.length + indices.length;
        }
        return shares;
    }

    private static int drawn(double[] shares, RandomGenerator random) {
        double left = random.nextDouble();
        int index = 0;
        while (index < shares.length - 1 && left >= shares[index]) {
            left -= shares[index];
            index++;
        }
        return index;
    }
}
