package org.ionstream.trainer.tuning.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A search: which trials there were, what came of them, what is to be done next. Everything is a function of the settings and
 * of the orders and results so far, in their order, so that a study is rebuilt from its log. Trial 0 is the point that the
 * search starts with; it is trained to the highest rung whatever happens, as what the others are held against. Not
 * thread-safe.
 */
public final class Study {
    /** Between the seeds of trials. */
    private static final long SEEDS_APART = 0x9E3779B97F4A7C15L;

    /**
     * @param trials in all, the first point included
     * @param seed of all random numbers
     * @param halving rungs
     */
    public record Settings(int trials, long seed, SuccessiveHalving halving) {
        public Settings {
            if (trials < 1) {
                throw new IllegalArgumentException("%d trials; give at least 1".formatted(trials));
            }
        }
    }

    /**
     * A piece of work.
     *
     * @param trial from 0
     * @param rung to reach
     * @param point of the search space
     */
    public record Order(int trial, int rung, Map<String, String> point) {
        public Order {
            point = Collections.unmodifiableMap(new LinkedHashMap<>(point));
        }
    }

    private final Settings settings;
    private final Map<String, String> first;
    private final Sampler sampler;
    private final Map<Integer, Map<String, String>> points = new TreeMap<>();
    private final List<SuccessiveHalving.Rung> rungs = new ArrayList<>();

    public Study(Settings settings, Map<String, String> first, Sampler sampler) {
        this.settings = settings;
        this.first = Map.copyOf(first);
        this.sampler = sampler;
        for (int rung = 0; rung < settings.halving().rungs(); rung++) {
            rungs.add(new SuccessiveHalving.Rung(new HashSet<>(), new HashMap<>()));
        }
    }

    /** What a worker that is free should do; empty: nothing now. */
    public Optional<Order> next() {
        Optional<SuccessiveHalving.Promotion> promotion =
                settings.halving().promotion(rungs).or(this::first);
        if (promotion.isPresent()) {
            int trial = promotion.get().trial();
            return Optional.of(new Order(trial, promotion.get().rung(), points.get(trial)));
        }
        int trial = points.size();
        if (trial == settings.trials()) {
            return Optional.empty();
        }
        Map<String, String> point =
                trial == 0 ? first : sampler.next(seen(), new SplittableRandom(settings.seed() + SEEDS_APART * trial));
        return Optional.of(new Order(trial, 0, point));
    }

    /** The first trial's next rung, when it has come to the end of one. */
    private Optional<SuccessiveHalving.Promotion> first() {
        for (int rung = 0; rung < rungs.size() - 1; rung++) {
            double error = rungs.get(rung).errors().getOrDefault(0, Double.POSITIVE_INFINITY);
            if (Double.isFinite(error) && !rungs.get(rung + 1).entered().contains(0)) {
                return Optional.of(new SuccessiveHalving.Promotion(0, rung + 1));
            }
        }
        return Optional.empty();
    }

    /** Trials at the highest rung that they came to the end of, by number. */
    public List<Observation> seen() {
        Map<Integer, Observation> latest = new TreeMap<>();
        for (int rung = 0; rung < rungs.size(); rung++) {
            for (var result : rungs.get(rung).errors().entrySet()) {
                latest.put(result.getKey(), new Observation(points.get(result.getKey()), rung, result.getValue()));
            }
        }
        return List.copyOf(latest.values());
    }

    /** @return false if this was ordered before */
    public boolean ordered(Order order) {
        points.putIfAbsent(order.trial(), order.point());
        return rungs.get(order.rung()).entered().add(order.trial());
    }

    /**
     * @param error infinite: failed
     * @return false if there is a result already, which stands, or nobody ordered it
     */
    public boolean answered(int trial, int rung, double error) {
        return rung < rungs.size()
                && rungs.get(rung).entered().contains(trial)
                && rungs.get(rung).errors().putIfAbsent(trial, error) == null;
    }

    /** Orders without a result, trial numbers by rung. */
    public List<Set<Integer>> outstanding() {
        return rungs.stream()
                .map(rung -> {
                    Set<Integer> waiting = new TreeSet<>(rung.entered());
                    waiting.removeAll(rung.errors().keySet());
                    return waiting;
                })
                .toList();
    }

    /** Whether there is nothing to do and nothing to wait for. */
    public boolean isFinished() {
        return outstanding().stream().allMatch(Set::isEmpty) && next().isEmpty();
    }

    public int begun() {
        return points.size();
    }
}
