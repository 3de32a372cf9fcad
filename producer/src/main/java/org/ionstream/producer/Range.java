package org.ionstream.producer;

import java.util.random.RandomGenerator;

/**
 * Numbers from one to another, [from, to); a single number if both are equal.
 *
 * @param from included
 * @param to excluded, unless equal to {@code from}
 */
public record Range(double from, double to) {
    public Range {
        if (!(from <= to) || Double.isInfinite(from) || Double.isInfinite(to)) {
            throw new IllegalArgumentException(
                    "range [%s, %s): give two numbers in ascending order".formatted(from, to));
        }
    }

    public static Range only(double value) {
        return new Range(value, value);
    }

    /** Uniform. The formula is spelled out so that a seed means the same numbers on every Java version. */
    public double draw(RandomGenerator random) {
        return from + (to - from) * random.nextDouble();
    }

    public boolean contains(double value) {
        return value == from || value >= from && value < to;
    }
}
