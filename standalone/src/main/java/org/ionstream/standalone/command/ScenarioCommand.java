package org.ionstream.standalone.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
            "  ionstream scenario --cell-model=hodgkin-huxley-1952 --shift=STRONGER_PULSES --training-steps=5000"
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
                    "Of the new stream, that both models are measured on; few of them carry much of the mean. Default: ${DEFAULT-VALUE}")
    private int testProtocols;

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
            ScenarioTrial trial = new ScenarioTrial(
                    serving.settings(),
                    trainer.retraining(),
                    testProtocols,
                    Optional.ofNullable(checkpoints),
                    reporting::tell);
            List<ScenarioReport> reports = new ArrayList<>();
            for (CellModel model : cellModels.models()) {
                ScenarioReport report = trial.run(ModelFiles.bundled(model), becomes);
                reports.add(report);
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
                "%s -> %s in %.1f min, %s%n",
                report.champion(), report.challenger(), report.minutes(), report.promoted() ? "promoted" : "rejected");
        out.printf("%-48s %18s %18s%n", "relative L2 of the excursion, mean (median)", "before", "after");
        row(out, report.shift(), report.shiftedBefore(), report.shiftedAfter());
        row(out, "the paper's test set", report.paperBefore(), report.paperAfter());
        out.printf(
                "after the swap, as a multiple of the paper's test set before: %s %s, the paper's test set %s%n%n",
                report.shift(), report.shiftedToOldSkill(), report.forgotten());
    }

    private static void row(PrintWriter out, String stream, Distribution before, Distribution after) {
        out.printf(
                "%-48s %9.4f (%.4f) %9.4f (%.4f)%n",
                "%s, %,d protocols".formatted(stream, before.count()),
                before.mean(),
                before.median(),
                after.mean(),
                after.median());
    }
}
