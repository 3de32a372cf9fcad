package org.ionstream.standalone.command;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.standalone.bench.Progress;
import org.ionstream.standalone.bench.SurrogateBench;
import org.ionstream.standalone.bench.SurrogateReport;
import org.ionstream.standalone.bench.SurrogateReportText;
import org.ionstream.standalone.bench.SurrogateThroughput;
import org.ionstream.standalone.bench.ThroughputPlot;
import org.ionstream.standalone.machine.Machine;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.OnnxModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures surrogates: trajectories a second by batch, beside the reference solver. */
@Command(
        name = "surrogate",
        mixinStandardHelpOptions = true,
        description =
                "Trajectories a second of surrogates by batch size, beside the reference solver at rtol 1e-4 on one "
                        + "thread, on the same protocols in the same run; on which execution provider the nodes of the graph run; on "
                        + "CUDA also how far the output is from the CPU's. Give it a quiet machine.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream bench surrogate --out=figures",
            "  ionstream bench surrogate --device=cuda --batches=1,8,32,128,512,1024 --format=json > gpu.json"
        })
public final class BenchSurrogateCommand implements Callable<Integer> {
    private static final String PLOT = "throughput";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--cell-model",
            split = ",",
            paramLabel = "ID",
            description = "Whose bundled champions, comma-separated. Default: all, unless --model is given")
    private List<String> cellModels = List.of();

    @Option(names = "--model", split = ",", paramLabel = "FILE", description = "ONNX files to measure, comma-separated")
    private List<Path> files = List.of();

    @Option(
            names = "--batches",
            split = ",",
            paramLabel = "N",
            defaultValue = "1,8,32,128",
            description = "Protocols in one prediction, one or several, comma-separated. Default: ${DEFAULT-VALUE}")
    private List<Integer> batches;

    @Option(
            names = "--threads",
            split = ",",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the CPU within one operator, one or several, comma-separated. Default: ${DEFAULT-VALUE}")
    private List<Integer> threads;

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or cuda. Default: ${DEFAULT-VALUE}")
    private String device;

    @Option(names = "--rounds", defaultValue = "7", description = "That are timed. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "0.3",
            description = "Of one batch size in one round, at least. Default: ${DEFAULT-VALUE}")
    private double seconds;

    @Option(names = "--seed", defaultValue = "1", description = "Of the protocols. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Gets the plot, throughput.png and .svg. Default: no plot")
    private Path out;

    @Mixin
    private Reporting reporting;

    @Override
    public Integer call() {
        try {
            measure();
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private void measure() {
        ReportFormat chosen = reporting.format();
        SurrogateBench.Settings settings = new SurrogateBench.Settings(
                ComputeDevice.parse(device).resolved(), batches, threads, rounds, seconds, seed);
        List<OnnxModelFile> models = models();
        Machine machine = Machine.here();
        Progress progress = new Progress(reporting::tell);
        List<SurrogateThroughput> measured = new ArrayList<>();
        for (OnnxModelFile model : models) {
            measured.add(new SurrogateBench(model, settings, progress).measure());
        }
        String gpu = settings.device() == ComputeDevice.CUDA ? Machine.gpu() : "";
        SurrogateReport report = new SurrogateReport(machine, LocalDate.now().toString(), gpu, settings, measured);
        chosen.print(report, spec.commandLine().getOut(), text -> new SurrogateReportText(text).print(report));
        if (out != null) {
            ThroughputPlot.of(report).write(out, PLOT).forEach(file -> reporting.tell("wrote " + file));
        }
    }

    /** All are checked before the first is measured. */
    private List<OnnxModelFile> models() {
        if (cellModels.isEmpty() && files.isEmpty()) {
            return ModelFiles.allBundled();
        }
        List<OnnxModelFile> models = new ArrayList<>();
        for (String id : cellModels) {
            models.add(ModelFiles.bundled(CellModels.byId(id)));
        }
        files.stream().map(ModelFiles::checked).forEach(models::add);
        return models;
    }
}
