package org.ionstream.standalone.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.standalone.plan.Costs;
import org.ionstream.standalone.plan.Demand;
import org.ionstream.standalone.plan.Plan;
import org.ionstream.standalone.plan.PlanText;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How large an installation must be. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description =
                "Partitions, processes, brokers, bytes a second, and disk by topic for a number of protocols a second, and what 1 "
                        + "to 1,000 GPUs come to with the first bottleneck at each size; reckoned from costs that bench costs "
                        + "measures. What one GPU does is a number that you give.",
        footerHeading = "%nExample:%n",
        footer =
                "  ionstream plan --rate=5000 --cell-model=ohara-rudy-2011 --variables=2 --gpus=1 --brokers=3 --replication=3")
public final class PlanCommand implements Callable<Integer> {
    private static final List<Integer> SIZES = List.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rate",
            paramLabel = "PER_SECOND",
            defaultValue = "100",
            description = "Protocols published. Default: ${DEFAULT-VALUE}")
    private double rate;

    @Option(
            names = "--cell-model",
            paramLabel = "ID",
            defaultValue = "fitzhugh-nagumo-1961",
            description = "one of the catalogue (see cells). Default: ${DEFAULT-VALUE}")
    private String cellModel;

    @Option(
            names = "--variables",
            paramLabel = "N",
            description = "Wanted of each trajectory; 0: biomarkers only. Default: all")
    private Integer variables;

    @Option(
            names = "--audit-share",
            defaultValue = TrainerOptions.AUDIT_SHARE,
            description = TrainerOptions.AUDIT_SHARE_DESCRIPTION)
    private double auditShare;

    @Option(
            names = "--routed-share",
            defaultValue = "0.05",
            description = "Of the protocols, left to the reference. Default: ${DEFAULT-VALUE}")
    private double routedShare;

    @Option(
            names = "--gpus",
            defaultValue = "0",
            description = "One surrogate each; 0: on processors. Default: ${DEFAULT-VALUE}")
    private int gpus;

    @Option(
            names = "--gpu-per-second",
            paramLabel = "TRAJECTORIES",
            defaultValue = "10000",
            description =
                    "That one GPU predicts: measure it with bench surrogate --device=cuda; the default is assumed, not "
                            + "measured. Default: ${DEFAULT-VALUE}")
    private double gpuPerSecond;

    @Option(names = "--brokers", defaultValue = "1", description = "That there are. Default: ${DEFAULT-VALUE}")
    private int brokers;

    @Option(
            names = "--replication",
            defaultValue = "1",
            description = "Copies of every record. Default: ${DEFAULT-VALUE}")
    private int replication;

    @Option(
            names = "--costs",
            paramLabel = "FILE",
            description =
                    "Measured by bench costs --format=json on your machine. Default: those measured with the program")
    private Path costs;

    @Mixin
    private Reporting reporting;

    /** What is printed. */
    record Report(
            String costs, String gpuPerSecond, Plan plan, List<Plan> capacity, List<Integer> brokersForBusyGpus) {}

    @Override
    public Integer call() {
        try {
            ReportFormat format = reporting.format();
            Report report = report();
            format.print(report, spec.commandLine().getOut(), out -> print(report, out));
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private Report report() {
        Costs measured = costs == null ? Costs.bundled() : Costs.of(costs);
        CellModel model = CellModels.byId(cellModel);
        Demand demand = new Demand(
                rate,
                variables == null ? model.variables().size() : variables,
                auditShare,
                routedShare,
                gpus,
                gpuPerSecond,
                brokers,
                replication);
        Costs.OfCellModel ofCellModel = measured.of(model.id());
        boolean given = spec.commandLine().getParseResult().hasMatchedOption("--gpu-per-second");
        return new Report(
                "%s on %s, %s".formatted(measured.command(), measured.machine().processor(), measured.date()),
                "%,.0f trajectories a second of one GPU, %s"
                        .formatted(gpuPerSecond, given ? "as given" : "ASSUMED: give --gpu-per-second"),
                Plan.of(demand, measured, ofCellModel),
                Plan.capacity(demand, measured, ofCellModel, SIZES),
                SIZES.stream()
                        .map(size -> Plan.brokersForBusyGpus(demand.with(rate, size), measured, ofCellModel))
                        .toList());
    }

    private static void print(Report report, PrintWriter out) {
        out.printf("costs: %s%n", report.costs());
        PlanText.plan(report.plan(), out);
        out.printf(
                "%ncapacity with %s, %d broker(s):",
                report.gpuPerSecond(), report.plan().demand().brokers());
        PlanText.capacity(report.capacity(), report.brokersForBusyGpus(), out);
    }
}
