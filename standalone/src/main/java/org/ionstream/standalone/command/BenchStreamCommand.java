package org.ionstream.standalone.command;

import java.util.concurrent.Callable;
import org.ionstream.standalone.bench.Progress;
import org.ionstream.standalone.bench.StreamBench;
import org.ionstream.standalone.bench.StreamReport;
import org.ionstream.standalone.bench.StreamReportText;
import org.ionstream.standalone.broker.TemporaryFolder;
import org.ionstream.surrogate.fno.ComputeDevice;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the stream from protocol to committed prediction. */
@Command(
        name = "stream",
        mixinStandardHelpOptions = true,
        description =
                "Protocols a second through a broker of its own, for whole trajectories, the potential and biomarkers only, beside "
                        + "the bare model on the same batches; what the parts of the stage cost; publish to prediction at low load; "
                        + "Kafka without a model, and what exactly once costs there. Give it a quiet machine.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream bench stream --cell-model=ohara-rudy-2011",
            "  ionstream bench stream --batch=128 --protocols=50000 --format=json > stream.json"
        })
public final class BenchStreamCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CellModelsOption cellModels;

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or cuda. Default: ${DEFAULT-VALUE}")
    private String device;

    @Option(
            names = "--threads",
            defaultValue = "1",
            description = "Of the CPU within one operator. Default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(
            names = "--batch",
            defaultValue = "32",
            description = "Protocols of one prediction, a power of two; 16 of them are polled at once. "
                    + "Default: ${DEFAULT-VALUE}")
    private int batch;

    @Option(names = "--protocols", defaultValue = "20000", description = "Of each stream. Default: ${DEFAULT-VALUE}")
    private int protocols;

    @Option(
            names = "--rounds",
            defaultValue = "20",
            description = "Batches of the stage without a broker. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--seed", defaultValue = "1", description = "Of the protocols. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Mixin
    private Reporting reporting;

    @Override
    public Integer call() {
        try {
            ReportFormat chosen = reporting.format();
            StreamBench.Settings settings = new StreamBench.Settings(
                    ComputeDevice.parse(device).resolved(), threads, batch, protocols, rounds, seed);
            StreamReport report = measured(settings);
            chosen.print(report, spec.commandLine().getOut(), out -> new StreamReportText(out).print(report));
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private StreamReport measured(StreamBench.Settings settings) {
        try (TemporaryFolder folder = TemporaryFolder.of("bench")) {
            RunLog.into(folder.path());
            return new StreamBench(settings, new Progress(reporting::tell))
                    .measure(
                            cellModels.models().stream()
                                    .map(ModelFiles::bundled)
                                    .toList(),
                            folder.path().resolve("broker"));
        }
    }
}
