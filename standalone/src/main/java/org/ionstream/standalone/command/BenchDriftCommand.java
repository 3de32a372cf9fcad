package org.ionstream.standalone.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.drift.DriftTrial;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** False alarms and times to detection of the drift watch. */
@Command(
        name = "drift",
        mixinStandardHelpOptions = true,
        description =
                "How often drift is declared in a long stream of audits without any, and after how many audits once the stream "
                        + "has become pulse trains, stronger pulses, or one of another cell. The bundled champion's errors on "
                        + "solved protocols are drawn with replacement; the audits go through the trainer's own drift watch.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream bench drift --cell-model=hodgkin-huxley-1952",
            "  ionstream bench drift --audits-per-window=30 --drift-error=3:2 --audits=100000"
        })
public final class BenchDriftCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CellModelsOption cellModels;

    @Option(
            names = "--protocols",
            defaultValue = "2000",
            description = "Solved, of the paper's distribution and of each shift. Default: ${DEFAULT-VALUE}")
    private int protocols;

    @Option(
            names = "--audits",
            defaultValue = "200000",
            description = "Of the stream without drift. Default: ${DEFAULT-VALUE}")
    private long audits;

    @Option(names = "--repetitions", defaultValue = "20", description = "Of each shift. Default: ${DEFAULT-VALUE}")
    private int repetitions;

    @Mixin
    private TrainerOptions trainer;

    @Mixin
    private AccuracyOption accuracy;

    @Mixin
    private Reporting reporting;

    @Override
    public Integer call() {
        try {
            ReportFormat chosen = reporting.format();
            DriftTrial.Settings settings =
                    new DriftTrial.Settings(protocols, audits, repetitions, accuracy.largestError(), trainer.drift());
            List<DriftTrial.Report> reports = new ArrayList<>();
            for (CellModel model : cellModels.models()) {
                reports.add(new DriftTrial(
                                ModelFiles.bundled(model),
                                ReferenceLabels.standard(),
                                FnoPredictor.Settings.ON_CPU,
                                settings)
                        .run(reporting::tell));
            }
            chosen.print(reports, spec.commandLine().getOut(), out -> reports.forEach(report -> print(report, out)));
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private static void print(DriftTrial.Report report, PrintWriter out) {
        out.printf(
                "%s, %,d protocols, windows of %d audits, %d in a row%n",
                report.modelId(), report.protocols(), report.auditsPerWindow(), report.persistence());
        out.printf(
                "no drift: %d alarms in %,d audits; fewer than one in %,.0f with 95 %% confidence%n",
                report.falseAlarms(), report.audits(), report.leastAuditsPerFalseAlarm());
        out.printf("%-32s %10s %14s %14s   %s%n", "shift to", "detected", "audits, median", "largest", "raised by");
        for (DriftTrial.Detection detection : report.detections()) {
            out.printf(
                    "%-32s %4d of %2d %14d %14d   %s%n",
                    detection.shift(),
                    detection.detected(),
                    detection.repetitions(),
                    detection.medianAudits(),
                    detection.largestAudits(),
                    detection.cause());
        }
        out.println();
    }
}
