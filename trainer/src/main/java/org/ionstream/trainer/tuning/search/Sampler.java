package org.ionstream.trainer.tuning.search;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Proposes where to look next. The same observations and random numbers give the same point. */
@FunctionalInterface
public interface Sampler {
    /** @param seen in any order */
    Map<String, String> next(List<Observation> seen, RandomGenerator random);

    /** Takes no notice of what was seen. */
    static Sampler random(SearchSpace space) {
        return (seen, random) -> space.random(random);
    }
}
