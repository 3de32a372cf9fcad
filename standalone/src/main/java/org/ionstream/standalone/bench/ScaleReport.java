package org.ionstream.standalone.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.ionstream.standalone.machine.Machine;
import org.ionstream.standalone.plan.Costs;

/**
 * Throughput against instances.
 *
 * @param machine it ran on, when it began
 * @param date of the run
 * @param settings of the run
 * @param modelId of the surrogates
 * @param costs measured in this run, seconds of a processor for a protocol
 * @param rows in the order measured
 */
public record ScaleReport(
        Machine machine,
        String date,
        ScaleBench.Settings settings,
        String modelId,
        Costs.Seconds costs,
        List<Row> rows) {

    /**
     * @param stage surrogate or reference
     * @param instances that shared the partitions
     * @param expected protocols a second by the costs, where the stages have all processors to themselves
     * @param perSecond measured
     */
    public record Row(String stage, int instances, double expected, double perSecond) {}

    /** For people. */
    public void print(PrintWriter out) {
        out.println(machine.line(date));
        out.printf(
                "%s, all variables; each instance predicts or solves on one thread; %,d protocols a stream, %d partitions, broker in the same process%n",
                modelId, settings.protocols(), BrokeredStream.SHARED_PARTITIONS);
        out.printf(
                Locale.ROOT,
                "microseconds of a processor for a protocol: predict %.0f, assess and encode %.0f, solve %.0f%n%n",
                1e6 * (costs.prepare() + costs.inference()),
                1e6 * costs.answer(),
                1e6 * costs.solve());
        out.printf("%-10s %10s %12s %10s %12s%n", "stage", "instances", "protocols/s", "of one", "of expected");
        for (Row row : rows) {
            Row one = rows.stream()
                    .filter(other -> other.stage().equals(row.stage()))
                    .findFirst()
                    .orElseThrow();
            out.printf(
                    Locale.ROOT,
                    "%-10s %10d %,12.0f %10.2f %10.0f %%%n",
                    row.stage(),
                    row.instances(),
                    row.perSecond(),
                    row.perSecond() / one.perSecond(),
                    100 * row.perSecond() / row.expected());
        }
        out.flush();
    }
}
