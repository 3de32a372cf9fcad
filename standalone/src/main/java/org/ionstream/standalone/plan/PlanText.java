package org.ionstream.standalone.plan;

import java.io.PrintWriter;
import java.util.List;

/** Costs, a plan and the table of capacity, for people. */
public final class PlanText {
    private static final double MB = 1e6;
    private static final double GB = 1e9;

    private PlanText() {}

    public static void costs(Costs costs, PrintWriter out) {
        out.printf(
                "%s, %s, %d processors, load %.1f, %s%n",
                costs.command(),
                costs.machine().processor(),
                costs.machine().processors(),
                costs.machine().loadAverage(),
                costs.date());
        out.printf(
                "one broker: %.0f MB/s written, %.1f ms a transaction of 32%n",
                costs.broker().writtenBytesPerSecond() / MB,
                1e3 * costs.broker().commitSeconds());
        out.printf("from topic to topic, us of one processor:%n");
        line("the stage's own thread", costs.stream().stage(), out);
        line("its sender", costs.stream().client(), out);
        line("the broker", costs.stream().broker(), out);
        out.printf(
                "%-22s %9s %9s %9s %9s %9s %9s %9s | bytes on disk: %9s %9s %9s %9s%n",
                "ms of one processor",
                "inference",
                "prepare",
                "answer",
                "solve",
                "report",
                "decode",
                "compare",
                "stimulus",
                "predict.",
                "+variable",
                "discrep.");
        for (Costs.OfCellModel cell : costs.cellModels()) {
            out.printf(
                    "%-22s %9.3f %9.3f %9.3f %9.3f %9.3f %9.4f %9.4f | %14s %9.0f %9.0f %9.0f %9.0f%n",
                    cell.cellModel(),
                    1e3 * cell.seconds().inference(),
                    1e3 * cell.seconds().prepare(),
                    1e3 * cell.seconds().answer(),
                    1e3 * cell.seconds().solve(),
                    1e3 * cell.seconds().report(),
                    1e3 * cell.seconds().decode(),
                    1e3 * cell.seconds().compare(),
                    "",
                    cell.bytes().stimulus(),
                    cell.bytes().prediction(),
                    cell.bytes().predictionVariable(),
                    cell.bytes().discrepancy());
        }
    }

    private static void line(String part, Costs.Line line, PrintWriter out) {
        out.printf("  %-22s %8.2f a record, %8.2f a kilobyte%n", part, 1e6 * line.perRecord(), 1e9 * line.perByte());
    }

    public static void plan(Plan plan, PrintWriter out) {
        Demand demand = plan.demand();
        out.printf(
                "%,.0f protocols a second, %d variables wanted, %.3g %% audited, %.3g %% left to the reference%n",
                demand.protocolsPerSecond(), demand.variables(), 100 * demand.auditShare(), 100 * demand.routedShare());
        out.printf(
                "partitions %d; surrogates %d%s, processors of all %d; of references %d; brokers %d (%.0f MB/s, %d copies)%n",
                plan.partitions(),
                plan.surrogates(),
                demand.gpus() > 0 ? ", a GPU each" : "",
                plan.surrogateProcessors(),
                plan.referenceProcessors(),
                plan.brokersNeeded(),
                plan.bytesPerSecond() / MB,
                demand.replication());
        out.printf(
                "%n%-20s %12s %12s %10s %12s %12s%n",
                "topic", "records/s", "bytes each", "MB/s", "GB an hour", "hours kept");
        for (Plan.TopicLoad load : plan.topics()) {
            out.printf(
                    "%-20s %,12.1f %,12.0f %10.2f %12.1f %12s%n",
                    load.topic(),
                    load.recordsPerSecond(),
                    load.bytesPerRecord(),
                    load.bytesPerSecond() / MB,
                    load.bytesPerHour() / GB,
                    Double.isInfinite(load.hoursKept()) ? "window" : "%.1f".formatted(load.hoursKept()));
        }
        out.printf("%nfull at protocols a second (each used to 70 %%):%n");
        plan.limits().forEach((part, most) -> out.printf("  %,12.0f  %s%n", most, part));
        double wanted = demand.protocolsPerSecond();
        if (plan.limits().values().iterator().next() < wanted) {
            out.printf("NOT ENOUGH for %,.0f a second: %s is the first bottleneck%n", wanted, plan.firstBottleneck());
        }
    }

    /** @param atOnce brokers that take what all GPUs can predict, beside each plan */
    public static void capacity(List<Plan> plans, List<Integer> atOnce, PrintWriter out) {
        out.printf(
                "%n%6s %14s %10s %12s %10s  %-62s %s%n",
                "GPUs", "protocols/s", "MB/s", "GB an hour", "references", "first bottleneck", "brokers for busy GPUs");
        for (int i = 0; i < plans.size(); i++) {
            Plan plan = plans.get(i);
            out.printf(
                    "%6d %,14.0f %10.1f %12.0f %10d  %-62s %,d%n",
                    plan.demand().gpus(),
                    plan.demand().protocolsPerSecond(),
                    plan.bytesPerSecond() / MB,
                    plan.topics().stream()
                                    .mapToDouble(Plan.TopicLoad::bytesPerHour)
                                    .sum()
                            / GB,
                    plan.referenceProcessors(),
                    plan.firstBottleneck(),
                    atOnce.get(i));
        }
    }
}
