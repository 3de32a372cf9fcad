package org.ionstream.standalone.soak;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.ionstream.standalone.machine.Machine;
import org.ionstream.standalone.soak.Trend.Verdict;

/**
 * What a soak came to. The first third is left out of the trends: there the first training loads its engine, code is compiled,
 * and what is bounded fills up. The slowest of an hour's are the stores of the join of predictions and references, which hold
 * 10 to 15 minutes, each part with a buffer of its own.
 *
 * @param machine it ran on
 * @param cellModel id
 * @param answered protocols
 * @param looks in their order
 * @param quantities judged
 */
public record SoakReport(
        Machine machine, String cellModel, long answered, List<Holding> looks, List<Quantity> quantities) {
    private static final int WARM_UP = 3;

    /** Growth in an hour that is no leak, as a share of the mean. */
    private static final double ALLOWED_SHARE = 0.05;

    /**
     * @param name with its unit
     * @param first after the warm-up
     * @param last of all
     * @param trend after the warm-up
     * @param verdict on it
     */
    public record Quantity(String name, double first, double last, Trend trend, Verdict verdict) {}

    /** @throws IllegalArgumentException if there are too few looks for trends */
    public static SoakReport of(Machine machine, String cellModel, long answered, List<Holding> looks) {
        List<Holding> warm = looks.subList(looks.size() / WARM_UP, looks.size());
        List<Quantity> quantities = new ArrayList<>();
        quantities.add(quantity("heap after collection, MiB", warm, Holding::heapMiB));
        quantities.add(quantity("classes and compiled code, MiB", warm, Holding::codeMiB));
        quantities.add(quantity("outside of heap and code, MiB", warm, Holding::nativeMiB));
        quantities.add(quantity("resident memory, MiB", warm, Holding::residentMiB));
        quantities.add(quantity("file descriptors", warm, Holding::fileDescriptors));
        quantities.add(quantity("threads", warm, Holding::threads));
        quantities.removeIf(quantity -> Double.isNaN(quantity.last()));
        return new SoakReport(machine, cellModel, answered, List.copyOf(looks), quantities);
    }

    /** Whether nothing surely grows. */
    public boolean isSound() {
        return quantities.stream().noneMatch(quantity -> quantity.verdict() == Verdict.GROWS);
    }

    public void print(PrintWriter out) {
        out.printf(
                "%s, %,d protocols answered in %.1f min, %d looks; %s, %d processors, load %.1f%n",
                cellModel,
                answered,
                looks.get(looks.size() - 1).minute(),
                looks.size(),
                machine.processor(),
                machine.processors(),
                looks.stream().mapToDouble(Holding::load).average().orElseThrow());
        out.printf("%-32s %10s %10s  %-36s %s%n", "", "first", "last", "an hour (95 %), allowed", "verdict");
        for (Quantity quantity : quantities) {
            Trend trend = quantity.trend();
            String slope = "%+.1f (%+.1f to %+.1f), %.1f"
                    .formatted(trend.perHour(), trend.lowest(), trend.highest(), trend.allowedPerHour());
            out.printf(
                    "%-32s %10.1f %10.1f  %-36s %s%n",
                    quantity.name(), quantity.first(), quantity.last(), slope, quantity.verdict());
        }
    }

    private static Quantity quantity(String name, List<Holding> looks, ToDoubleFunction<Holding> value) {
        double[] minutes = looks.stream().mapToDouble(Holding::minute).toArray();
        double[] values = looks.stream().mapToDouble(value).toArray();
        double mean = looks.stream().mapToDouble(value).average().orElseThrow();
        Trend trend = Trend.of(minutes, values, ALLOWED_SHARE * mean);
        return new Quantity(name, values[0], values[values.length - 1], trend, trend.verdict());
    }
}
