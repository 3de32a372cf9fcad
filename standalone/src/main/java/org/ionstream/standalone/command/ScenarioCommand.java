package org.ionstream.standalone.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.standalone.evaluation.RetrainingCurve;
import org.ionstream.standalone.evaluation.ScenarioPlot;
import org.ionstream.standalone.evaluation.ScenarioReport;
import org.ionstream.standalone.evaluation.ScenarioTrial;
import org.ionstream.standalone.plot.Plot;
import org.ionstream.trainer.score.Distribution;
import org.ionstream.trainer.trust.Shifts;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A stream shifts, its champion is trained on: what was learnt and what forgotten. */
@Command(
        name = "scenario",
        mixinStandardHelpOptions = true,
        description =
                "A stream of the paper's protocols becomes another one, and the bundled champion is trained on with the trainer's "
                        + "own retraining, without a broker: errors on the new stream and on the paper's test set before and after, "
                        + "on protocols that neither the training nor the decision saw.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream scenario --cell-model=fitzhugh-nagumo-1961 --plots=scenario",
            "  ionstream scenario --cell-model=hodgkin-huxley-1952 --shift=STRONGER_PULSES --training-steps=5000",
            "  ionstream scenario --cell-model=hodgkin-huxley-1952 --out=first.onnx",
            "  ionstream scenario --cell-model=hodgkin-huxley-1952 --from=first.onnx --fresh-references=3000 --training-learning-rate=0.0002"
        })
public final class ScenarioCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CellModelsOption cellModels;

    @Option(
            names = "--shift",
            defaultValue = "PULSE_TRAINS",
            description = "PULSE_TRAINS or STRONGER_PULSES. Default: ${DEFAULT-VALUE}")
    private String shift;

    @Option(
            names = "--test-protocols",
            defaultValue = "4000",
            description =
                    "Of the new stream, that all models are measured on; few of them carry much of the mean. Default: ${DEFAULT-VALUE}")
    private int testProtocols;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description =
                    "What an earlier run wrote with --out, to be trained on in the bundled champion's place; needs --cell-model")
    private Path from;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "For the challenger's ONNX file, promoted or not; needs --cell-model. Default: none is written")
    private Path out;

    @Option(
            names = "--plots",
            paramLabel = "FOLDER",
            description = "Error over the stream, and over the steps of the training, as PNG and SVG")
    private Path plots;

    @Option(
            names = "--checkpoints",
            paramLabel = "FOLDER",
            description = "In which a training that is stopped goes on when the command is repeated")
    private Path checkpoints;

    @Mixin
    private TrainerOptions trainer;

    @Mixin
    private ServingOptions serving;

    @Mixin
    private Reporting reporting;

    @Override
    public Integer call() {
        try {
            ReportFormat chosen = reporting.format();
            Shifts becomes = Choice.of(Shifts.class, "--shift", shift);
            if (becomes == Shifts.OTHER_CELL) {
                throw new IllegalArgumentException(
                        "a surrogate cannot learn another cell from the same protocols; give --shift=PULSE_TRAINS or STRONGER_PULSES");
            }
            if ((from != null || out != null) && cellModels.models().size() > 1) {
                throw new IllegalArgumentException("--from and --out name one model; give its --cell-model");
            }
            ScenarioTrial trial = new ScenarioTrial(
                    serving.settings(),
                    trainer.retraining(),
                    testProtocols,
                    Optional.ofNullable(checkpoints),
                    reporting::tell);
            List<ScenarioReport> reports = new ArrayList<>();
            for (CellModel model : cellModels.models()) {
                ScenarioTrial.Outcome outcome = trial.run(
                        ModelFiles.bundled(model),
                        Optional.ofNullable(from).map(file -> ModelFiles.of(file, model)),
                        becomes);
                ScenarioReport report = outcome.report();
                reports.add(report);
                if (out != null) {
                    ModelFiles.write(out, outcome.challenger().bytes());
                }
                if (plots != null) {
                    write(ScenarioPlot.of(report), "scenario-" + report.cellModel());
                    writeCurve(report);
                }
            }
            chosen.print(reports, spec.commandLine().getOut(), out -> reports.forEach(report -> print(report, out)));
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private void writeCurve(ScenarioReport report) {
        if (report.looks().isEmpty()) {
            reporting.tell("the training had ended in an earlier run, which has drawn its curve");
            return;
        }
        write(RetrainingCurve.of(report), "retraining-" + report.cellModel());
    }

    private void write(Plot plot, String name) {
        plot.write(plots, name).forEach(file -> reporting.tell("written " + file));
    }

    private static void print(ScenarioReport report, PrintWriter out) {
        out.printf(
                "%s in %.1f min, %s%n",
                report.models().stream().map(ScenarioReport.Measured::modelId).collect(Collectors.joining(" -> ")),
                report.minutes(),
                report.promoted() ? "promoted" : "rejected");
        row(
                out,
                "relative L2 of the excursion, mean (median)",
                report.models().size() == 2
                        ? Stream.of("before", "after")
                        : Stream.of("before", "trained once", "trained on"));
        row(out, report.shift(), report, ScenarioReport.Measured::shifted);
        row(out, "the paper's test set", report, ScenarioReport.Measured::paper);
        out.printf(
                "after the swap, as a multiple of the paper's test set before: %s %s, the paper's test set %s%n%n",
                report.shift(), report.shiftedToOldSkill(), report.forgotten());
    }

    private static void row(
            PrintWriter out,
            String stream,
            ScenarioReport report,
            Function<ScenarioReport.Measured, Distribution> errors) {
        List<Distribution> all = report.models().stream().map(errors).toList();
        row(
                out,
                "%s, %,d protocols".formatted(stream, all.get(0).count()),
                all.stream().map(error -> "%.4f (%.4f)".formatted(error.mean(), error.median())));
    }

    private static void row(PrintWriter out, String name, Stream<String> cells) {
        out.printf("%-48s%s%n", name, cells.map(" %18s"::formatted).collect(Collectors.joining()));
    }
}
