package org.ionstream.trainer.tuning.search;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Numbers from low to high, both included.
 *
 * @param low least value
 * @param high greatest value
 * @param step the values are low, low + step, ...; 0: every number
 * @param scale on which the search draws evenly
 */
public record Range(String name, double low, double high, double step, Scale scale) implements Hyperparameter {
    /** What is drawn evenly. */
    public enum Scale {
        LINEAR,
        /** The logarithm; low is positive then. */
        LOGARITHMIC
    }

    private static final MathContext DIGITS = new MathContext(12);
    /** Of a step: how far a value may be from a multiple and still be meant as one. */
    private static final double ROUNDING = 1e-6;

    public Range {
        if (!(low < high) || !(step >= 0) || step > high - low || scale == Scale.LOGARITHMIC && !(low > 0)) {
            throw new IllegalArgumentException(
                    "%s from %s to %s by %s, %s; low must be below high and the step not beyond both, low positive if logarithmic"
                            .formatted(name, low, high, step, scale));
        }
    }

    /** Whole numbers from low to high. */
    public static Range integers(String name, int low, int high) {
        return new Range(name, low, high, 1, Scale.LINEAR);
    }

    @Override
    public boolean contains(String text) {
        try {
            double value = Double.parseDouble(text);
            return value >= low && value <= high && (step == 0 || distance(value) <= ROUNDING);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Of a value from the next multiple, in steps. */
    private double distance(double value) {
        double steps = (value - low) / step;
        return Math.abs(steps - Math.rint(steps));
    }

    @Override
    public String text(double coordinate) {
        double value = scale == Scale.LOGARITHMIC ? Math.exp(coordinate) : coordinate;
        if (step > 0) {
            double lastStep = Math.floor((high - low) / step + ROUNDING);
            value = low + step * Math.max(0, Math.min(lastStep, Math.rint((value - low) / step)));
        }
        double inside = Math.max(low, Math.min(high, value));
        return BigDecimal.valueOf(inside).round(DIGITS).stripTrailingZeros().toPlainString();
    }

    @Override
    public double coordinate(String text) {
        return onScale(Double.parseDouble(text));
    }

    /** With steps, the lowest value has its whole cell. */
    @Override
    public double from() {
        double edge = low - step / 2;
        return onScale(scale == Scale.LOGARITHMIC && edge <= 0 ? low : edge);
    }

    @Override
    public double to() {
        return onScale(high + step / 2);
    }

    private double onScale(double value) {
        return scale == Scale.LOGARITHMIC ? Math.log(value) : value;
    }
}
