package org.ionstream.reference.cell;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * The values of a cell model's parameters by name, in the units that its class names. Each class has the published ones, from
 * which others are derived. Immutable.
 *
 * @param values finite
 */
public record Parameters(Map<String, Double> values) {
    public Parameters {
        values = Map.copyOf(values);
        values.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("parameter %s is %s; it must be finite".formatted(name, value));
            }
        });
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public double of(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "no parameter '%s'; there are %s".formatted(name, new TreeSet<>(values.keySet())));
        }
        return value;
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public Parameters with(String name, double value) {
        return with(Map.of(name, value));
    }

    /** @throws IllegalArgumentException if there is none of one of these names */
    public Parameters with(Map<String, Double> changed) {
        Map<String, Double> merged = new HashMap<>(values);
        changed.forEach((name, value) -> {
            of(name);
            merged.put(name, value);
        });
        return new Parameters(merged);
    }
}
