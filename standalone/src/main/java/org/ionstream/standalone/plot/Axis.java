package org.ionstream.standalone.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * From values to places on a plot.
 *
 * @param from value at its beginning
 * @param to value at its end, above from
 * @param logarithmic then both are positive
 * @param marked values with a tick; empty: round ones
 */
public record Axis(double from, double to, boolean logarithmic, double[] marked) {
    /** Share of a linear axis that is left free at either end. */
    private static final double MARGIN = 0.06;

    private static final int FEW_DECADES = 2;
    private static final int MANY_DECADES = 6;

    public Axis {
        if (!(from < to) || (logarithmic && !(from > 0))) {
            throw new IllegalArgumentException(
                    "axis from %s to %s%s".formatted(from, to, logarithmic ? ", logarithmic" : ""));
        }
    }

    /** With ticks at round values. */
    public Axis(double from, double to, boolean logarithmic) {
        this(from, to, logarithmic, new double[0]);
    }

    /** A little more than all values and 0 at those ends that are not 0. */
    public static Axis withZero(DoubleStream values) {
        double[] all = values.toArray();
        double smallest = Math.min(0, DoubleStream.of(all).min().orElse(0));
        double largest = Math.max(0, DoubleStream.of(all).max().orElse(0));
        double room = 2 * MARGIN * (largest - smallest);
        return smallest == largest
                ? new Axis(0, 1, false)
                : new Axis(smallest < 0 ? smallest - room : 0, largest > 0 ? largest + room : 0, false);
    }

    /**
     * A little more than all values at both ends.
     *
     * @param smallestRange from end to end, however close the values are
     */
    public static Axis around(DoubleStream values, double smallestRange) {
        double[] all = values.toArray();
        double smallest = DoubleStream.of(all).min().orElse(0);
        double largest = DoubleStream.of(all).max().orElse(1);
        double room = Math.max(MARGIN * (largest - smallest), (smallestRange - (largest - smallest)) / 2);
        return new Axis(smallest - room, largest + room, false);
    }

    /** Logarithmic, whole decades around all positive values. */
    public static Axis decades(DoubleStream values) {
        double[] positive = values.filter(value -> value > 0).toArray();
        double smallest = DoubleStream.of(positive).min().orElse(0.1);
        double largest = DoubleStream.of(positive).max().orElse(1);
        double from = Math.floor(Math.log10(smallest));
        double to = Math.max(from + 1, Math.ceil(Math.log10(largest)));
        return new Axis(Math.pow(10, from), Math.pow(10, to), true);
    }

    /** 0 at the beginning, 1 at the end; beyond them the nearer one. */
    double share(double value) {
        double share = logarithmic
                ? Math.log(Math.max(value, Double.MIN_NORMAL) / from) / Math.log(to / from)
                : (value - from) / (to - from);
        return Math.max(0, Math.min(1, share));
    }

    /** Values that are marked. */
    List<Double> ticks(int about) {
        if (marked.length > 0) {
            return DoubleStream.of(marked).boxed().toList();
        }
        return logarithmic ? logarithmicTicks() : linearTicks(about);
    }

    String label(double tick, int about) {
        if (logarithmic) {
            return from >= 0.9e-4 && to < 1.1e6
                    ? plain(tick)
                    : "%.0fe%d".formatted(tick / decadeOf(tick), Math.round(Math.log10(decadeOf(tick))));
        }
        double step = step(about);
        double size = Math.max(Math.abs(from), Math.abs(to));
        if (size < 1e-3 || size >= 1e6) {
            return tick == 0 ? "0" : String.format(Locale.ROOT, step < 0.05 * size ? "%.2e" : "%.1e", tick);
        }
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        return String.format(Locale.ROOT, "%." + decimals + "f", tick == 0 ? 0.0 : tick);
    }

    private static double decadeOf(double value) {
        return Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
    }

    private static String plain(double value) {
        return value >= 1
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.4f", value).replaceAll("0+$", "");
    }

    private List<Double> logarithmicTicks() {
        int first = (int) Math.round(Math.log10(from));
        int last = (int) Math.round(Math.log10(to));
        List<Double> ticks = new ArrayList<>();
        for (int decade = first; decade <= last; decade += last - first > MANY_DECADES ? 2 : 1) {
            ticks.add(Math.pow(10, decade));
            if (last - first <= FEW_DECADES && decade < last) {
                ticks.add(2 * Math.pow(10, decade));
                ticks.add(5 * Math.pow(10, decade));
            }
        }
        return ticks;
    }

    private List<Double> linearTicks(int about) {
        double step = step(about);
        List<Double> ticks = new ArrayList<>();
        for (double multiple = Math.ceil(from / step); multiple * step <= to; multiple++) {
            ticks.add(multiple * step);
        }
        return ticks;
    }

    /** 1, 2 or 5 times a power of ten. */
    private double step(int about) {
        double wanted = (to - from) / about;
        double decade = Math.pow(10, Math.floor(Math.log10(wanted)));
        double share = wanted / decade;
        return decade * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
    }
}
