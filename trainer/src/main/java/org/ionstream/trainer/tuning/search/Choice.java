package org.ionstream.trainer.tuning.search;

import java.util.List;

/**
 * One of several values without an order.
 *
 * @param values all different, at least one
 */
public record Choice(String name, List<String> values) implements Hyperparameter {
    public Choice {
        values = List.copyOf(values);
        if (values.isEmpty() || values.stream().distinct().count() < values.size()) {
            throw new IllegalArgumentException(
                    "%s is one of %s; give at least one value, each once".formatted(name, values));
        }
    }

    @Override
    public boolean contains(String text) {
        return values.contains(text);
    }

    @Override
    public String text(double coordinate) {
        return values.get((int) Math.max(0, Math.min(values.size() - 1.0, Math.rint(coordinate))));
    }

    @Override
    public double coordinate(String text) {
        int index = values.indexOf(text);
        if (index < 0) {
            throw new IllegalArgumentException("%s is '%s'; it can be one of %s".formatted(name, text, values));
        }
        return index;
    }

    @Override
    public double from() {
        return -0.5;
    }

    @Override
    public double to() {
        return values.size() - 0.5;
    }
}
