package org.ionstream.standalone.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.standalone.evaluation.TrustPlot;
import org.ionstream.standalone.evaluation.TrustText;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.trust.TrustReport;
import org.ionstream.trainer.trust.TrustTrial;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the bands and routes of a calibrated model. */
@Command(
        name = "trust",
        mixinStandardHelpOptions = true,
        description =
                "Measures on protocols that neither a model nor its calibration has seen what its bands cover, how well its "
                        + "error is foreseen, which share of protocols it answers at an accuracy wish and with what error, and "
                        + "what its bands cover when the stream drifts, as calibrated and as adjusted by audits.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream trust --cell-model=fitzhugh-nagumo-1961 --plots=trust",
            "  ionstream trust --model=mine.onnx --protocols=500 --wish=0.02 --format=json"
        })
public final class TrustCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Whose whose;

    /** Whose bands. */
    private static final class Whose {
        @Option(names = "--cell-model", paramLabel = "ID", description = "The bundled champion of this cell model")
        private String cellModel;

        @Option(names = "--model", paramLabel = "FILE", description = "A calibrated model file")
        private Path file;

        OnnxModelFile model() {
            return cellModel == null ? ModelFiles.checked(file) : ModelFiles.bundled(CellModels.byId(cellModel));
        }
    }

    @Option(
            names = "--protocols",
            defaultValue = "2000",
            description = "To measure on, and of each shift of the stream. Default: ${DEFAULT-VALUE}")
    private int protocols;

    @Option(
            names = "--calibration-protocols",
            defaultValue = "2000",
            description =
                    "For the other ways to foresee errors, which are calibrated for comparison; 0 leaves them out. "
                            + "Default: ${DEFAULT-VALUE}")
    private int calibrationProtocols;

    @Option(
            names = "--wish",
            split = ",",
            defaultValue = "0.01,0.05",
            description = "Largest relative L2 errors that senders accept. Default: ${DEFAULT-VALUE}")
    private List<Double> wishes;

    @Option(names = "--plots", paramLabel = "FOLDER", description = "Coverage over the drifting streams as PNG and SVG")
    private Path plots;

    @Mixin
    private Reporting reporting;

    @Override
    public Integer call() {
        try {
            ReportFormat chosen = reporting.format();
            TrustReport report = new TrustTrial(
                            whose.model(),
                            ReferenceLabels.standard(),
                            FnoPredictor.Settings.ON_CPU,
                            new TrustTrial.Settings(protocols, calibrationProtocols, wishes))
                    .run(reporting::tell);
            chosen.print(report, spec.commandLine().getOut(), text -> new TrustText(text).print(report));
            if (plots != null) {
                TrustPlot.of(report)
                        .write(plots, "trust-" + report.cellModel())
                        .forEach(file -> reporting.tell("written " + file));
            }
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }
}
