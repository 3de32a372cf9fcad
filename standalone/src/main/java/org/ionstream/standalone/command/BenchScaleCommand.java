package org.ionstream.standalone.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.standalone.bench.Progress;
import org.ionstream.standalone.bench.ScaleBench;
import org.ionstream.standalone.bench.ScaleReport;
import org.ionstream.standalone.broker.TemporaryFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures throughput against instances. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        description =
                "Protocols a second through a broker by one and more surrogates, then references, that share the partitions, "
                        + "beside what the costs per protocol, measured in the same run, make one expect. Give it a quiet machine.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream bench scale --cell-model=ohara-rudy-2011 --instances=1,2,4")
public final class BenchScaleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--cell-model",
            paramLabel = "ID",
            defaultValue = "fitzhugh-nagumo-1961",
            description = "One that has a bundled champion. Default: ${DEFAULT-VALUE}")
    private String cellModel;

    @Option(
            names = "--instances",
            split = ",",
            paramLabel = "N",
            defaultValue = "1,2",
            description = "Numbers of each stage, comma-separated. Default: ${DEFAULT-VALUE}")
    private List<Integer> instances;

    @Option(names = "--protocols", defaultValue = "20000", description = "Of each stream. Default: ${DEFAULT-VALUE}")
    private int protocols;

    @Option(names = "--seed", defaultValue = "1", description = "Of the protocols. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Mixin
    private Reporting reporting;

    @Override
    public Integer call() {
        try (TemporaryFolder folder = TemporaryFolder.of("bench")) {
            ReportFormat format = reporting.format();
            ScaleBench bench =
                    new ScaleBench(new ScaleBench.Settings(instances, protocols, seed), new Progress(reporting::tell));
            RunLog.into(folder.path());
            ScaleReport report = bench.measure(
                    ModelFiles.bundled(CellModels.byId(cellModel)),
                    folder.path().resolve("broker"));
            format.print(report, spec.commandLine().getOut(), report::print);
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }
}
