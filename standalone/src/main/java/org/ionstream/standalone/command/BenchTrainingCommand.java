package org.ionstream.standalone.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.standalone.bench.Progress;
import org.ionstream.standalone.bench.TrainingBench;
import org.ionstream.standalone.bench.TrainingReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures training: seconds per epoch beside PyTorch eager, and memory over many steps. */
@Command(
        name = "training",
        mixinStandardHelpOptions = true,
        description =
                "Seconds per epoch of the paper's constrained networks in this trainer and, where Python has torch, in "
                        + "PyTorch eager as the paper's authors write them; then the memory of the process over many steps. Give it a "
                        + "quiet machine.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream bench training --threads=2 --python=/usr/bin/python3")
public final class BenchTrainingCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CellModelsOption cellModels;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "That are timed, 25 steps each. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--threads", defaultValue = "1", description = "Of either side. Default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(
            names = "--python",
            paramLabel = "FILE",
            defaultValue = "python3",
            description = "Interpreter with torch, for the anchor. Default: ${DEFAULT-VALUE}")
    private String python;

    @Option(
            names = "--memory-steps",
            defaultValue = "10000",
            description = "Steps over which the memory is watched; 0: none. Default: ${DEFAULT-VALUE}")
    private int memorySteps;

    @Mixin
    private Reporting reporting;

    @Override
    public Integer call() {
        try {
            ReportFormat chosen = reporting.format();
            List<CellModel> models = cellModels.models();
            TrainingReport report = TrainingReport.measure(
                    new TrainingBench.Settings(rounds, threads),
                    models,
                    python,
                    memorySteps,
                    new Progress(reporting::tell));
            chosen.print(report, spec.commandLine().getOut(), report::print);
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }
}
