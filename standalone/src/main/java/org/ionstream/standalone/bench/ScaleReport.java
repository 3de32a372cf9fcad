package org.ionstream.standalone.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.ionstream.standalone.machine.Machine;
import org.ionstream.standalone.plan.Costs;
import org.ionstream.standalone.plan.ProtocolCost;

/**
 * Throughput against instances.
 *
 * @param machine it ran on, when it began
 * @param date of the run
 * @param settings of the run
 * @param modelId of the surrogates
 * @param expectation measured in this run
 * @param rows in the order measured
 */
public record ScaleReport(
        Machine machine,
        String date,
        ScaleBench.Settings settings,
        String modelId,
        Expectation expectation,
        List<Row> rows) {

    /**
     * What is expected, and of what.
     *
     * @param cell costs of the cell model
     * @param stream from topic to topic
     * @param surrogate of a protocol, all variables
     * @param reference of a protocol, all variables
     */
    public record Expectation(
            Costs.OfCellModel cell, Costs.Stream stream, ProtocolCost surrogate, ProtocolCost reference) {}

    /**
     * @param stage surrogate or reference
     * @param instances that shared the partitions
     * @param expected protocols a second by the costs, stages and broker having all processors to themselves
     * @param perSecond measured
     */
    public record Row(String stage, int instances, double expected, double perSecond) {}

    /** For people. */
    public void print(PrintWriter out) {
        out.println(machine.line(date));
        out.printf(
                "%s, all variables; each instance predicts or solves on one thread; %,d protocols a stream, %d partitions, broker in the same process%n",
                modelId, settings.protocols(), BrokeredStream.SHARED_PARTITIONS);
        out.println("microseconds of a processor for a protocol");
        print("surrogate", expectation.surrogate(), out);
        print("reference", expectation.reference(), out);
        out.println();
        out.printf(
                "%-10s %10s %12s %12s %10s %12s%n",
                "stage", "instances", "expected/s", "protocols/s", "of one", "of expected");
        for (Row row : rows) {
            Row one = rows.stream()
                    .filter(other -> other.stage().equals(row.stage()))
                    .findFirst()
                    .orElseThrow();
            out.printf(
                    Locale.ROOT,
                    "%-10s %10d %,12.0f %,12.0f %10.2f %10.0f %%%n",
                    row.stage(),
                    row.instances(),
                    row.expected(),
                    row.perSecond(),
                    row.perSecond() / one.perSecond(),
                    100 * row.perSecond() / row.expected());
        }
        out.flush();
    }

    private static void print(String stage, ProtocolCost cost, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%-10s %6.0f on its thread, %6.0f in its process, %6.0f in the broker%n",
                stage,
                1e6 * cost.thread(),
                1e6 * cost.process(),
                1e6 * cost.broker());
    }
}
