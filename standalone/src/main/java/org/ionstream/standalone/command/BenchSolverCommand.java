package org.ionstream.standalone.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.standalone.bench.Progress;
import org.ionstream.standalone.bench.PublishedAnchors;
import org.ionstream.standalone.bench.SolverBench;
import org.ionstream.standalone.bench.SolverReport;
import org.ionstream.standalone.bench.SolverReportText;
import org.ionstream.standalone.bench.StageThroughput;
import org.ionstream.standalone.bench.WorkPrecision;
import org.ionstream.standalone.bench.WorkPrecisionPlot;
import org.ionstream.standalone.machine.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the reference solver: work and precision on one thread, then batches on all processors. */
@Command(
        name = "solver",
        mixinStandardHelpOptions = true,
        description =
                "Work and precision of the reference solver beside Hipparchus' Dormand-Prince 5(4), in one run on one "
                        + "thread; then batches of the reference stage on 1 to all processors. Give it a quiet machine. Several "
                        + "cell models in one run share what the compiler has learnt; one at a time is slightly faster. "
                        + "O'Hara-Rudy takes minutes, the anchor almost all of them.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream bench solver --out=figures",
            "  ionstream bench solver --cell-model=ohara-rudy-2011 --rounds=9 --format=json > solver.json"
        })
public final class BenchSolverCommand implements Callable<Integer> {
    private static final String PLOT = "work-precision";

    @Spec
    private CommandSpec spec;

    @Mixin
    private CellModelsOption cellModels;

    @Option(names = "--protocols", defaultValue = "50", description = "For each. Default: ${DEFAULT-VALUE}")
    private int protocols;

    @Option(names = "--rounds", defaultValue = "5", description = "That are timed. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(
            names = "--relative-tolerance",
            split = ",",
            paramLabel = "TOLERANCE",
            defaultValue = "1e-4,1e-5,1e-6,1e-7,1e-8",
            description = "Of the reference solver, one or several, comma-separated. Default: ${DEFAULT-VALUE}")
    private List<Double> relativeTolerances;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "Of each cell model, before the first round. Default: ${DEFAULT-VALUE}")
    private int warmUpSeconds;

    @Option(names = "--seed", defaultValue = "1", description = "Of the protocols. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Gets the plot, work-precision.png and .svg. Default: no plot")
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
        SolverReport report =
                report(new SolverBench.Settings(protocols, rounds, warmUpSeconds, seed, relativeTolerances));
        chosen.print(report, spec.commandLine().getOut(), text -> new SolverReportText(text).print(report));
        if (out != null) {
            WorkPrecisionPlot.of(report).write(out, PLOT).forEach(file -> reporting.tell("wrote " + file));
        }
    }

    private SolverReport report(SolverBench.Settings settings) {
        Machine machine = Machine.here();
        Progress progress = new Progress(reporting::tell);
        List<CellModel> models = cellModels.models();
        List<SolverReport.OfCellModel> measured = new ArrayList<>();
        for (CellModel model : models) {
            WorkPrecision workPrecision = new SolverBench(model, settings, progress).measure();
            List<StageThroughput> stage =
                    StageThroughput.measure(model, settings, SolverSettings.AUDIT, machine.processors(), progress);
            measured.add(new SolverReport.OfCellModel(
                    workPrecision, SolverSettings.AUDIT.relativeTolerance(), stage, PublishedAnchors.of(model.id())));
        }
        return new SolverReport(machine, settings, measured);
    }
}
