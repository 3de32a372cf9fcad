package org.ionstream.standalone.command;

import java.util.concurrent.Callable;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.standalone.bench.Progress;
import org.ionstream.standalone.bench.SwapBench;
import org.ionstream.standalone.bench.SwapReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Swaps champions under load. */
@Command(
        name = "swaps",
        mixinStandardHelpOptions = true,
        description =
                "Swaps versions of a bundled champion under load, with bad files in between: how long a swap takes, what the "
                        + "process holds before and after, and whether every batch was answered by one model with that model's own bits. "
                        + "Exit code 1 if not.",
        footerHeading = "%nExamples:%n",
        footer = {"  ionstream bench swaps", "  ionstream bench swaps --swaps=1000 --format=json > swaps.json"})
public final class BenchSwapsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--swaps", defaultValue = "200", description = "That are timed. Default: ${DEFAULT-VALUE}")
    private int swaps;

    @Option(
            names = "--cell-model",
            paramLabel = "ID",
            defaultValue = "ohara-rudy-2011",
            description = "Whose bundled champion. Default: ${DEFAULT-VALUE}")
    private String cellModel;

    @Option(
            names = "--largest-batch",
            paramLabel = "N",
            defaultValue = "64",
            description = "Protocols in one run of the graph, a power of two. Default: ${DEFAULT-VALUE}")
    private int largestBatch;

    @Option(
            names = "--threads",
            defaultValue = "1",
            description = "Of the CPU within one operator. Default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(names = "--seed", defaultValue = "1", description = "Of the protocols. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Mixin
    private Reporting reporting;

    @Override
    public Integer call() {
        try {
            ReportFormat format = reporting.format();
            SwapBench.Settings settings = new SwapBench.Settings(swaps, largestBatch, threads, seed);
            SwapReport report = new SwapBench(
                            ModelFiles.bundled(CellModels.byId(cellModel)), settings, new Progress(reporting::tell))
                    .measure();
            format.print(report, spec.commandLine().getOut(), report::print);
            return report.isSound() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }
}
