package org.ionstream.trainer.tuning.search;

import java.util.Comparator;
import java.util.Map;

/**
 * What came of a point.
 *
 * @param point of the search space
 * @param rung that was reached: errors of different rungs are not comparable
 * @param error to be small; infinite: it failed
 */
public record Observation(Map<String, String> point, int rung, double error) {
    /** A higher rung first, as only the better ones get there; on one rung the smaller error first. */
    public static final Comparator<Observation> BEST_FIRST =
            Comparator.comparingInt(Observation::rung).reversed().thenComparingDouble(Observation::error);

    public Observation {
        point = Map.copyOf(point);
        if (Double.isNaN(error)) {
            throw new IllegalArgumentException(
                    "error of %s is not a number; a failure has an infinite one".formatted(point));
        }
    }
}
