package org.ionstream.trainer.tuning.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What is varied. A point of it is a map from name to value; one that a search did not draw, such as a champion's recipe, may
 * lack what the space cannot express.
 *
 * @param hyperparameters all of different names
 */
public record SearchSpace(List<Hyperparameter> hyperparameters) {
    public SearchSpace {
        hyperparameters = List.copyOf(hyperparameters);
        if (hyperparameters.isEmpty()
                || hyperparameters.stream().map(Hyperparameter::name).distinct().count() < hyperparameters.size()) {
            throw new IllegalArgumentException(
                    "a search over %s; give at least one hyperparameter, each once".formatted(hyperparameters));
        }
    }

    /** Every hyperparameter drawn evenly on its scale, by itself. */
    public Map<String, String> random(RandomGenerator random) {
        Map<String, String> point = new LinkedHashMap<>();
        for (Hyperparameter drawn : hyperparameters) {
            point.put(drawn.name(), drawn.text(drawn.from() + random.nextDouble() * (drawn.to() - drawn.from())));
        }
        return point;
    }
}
