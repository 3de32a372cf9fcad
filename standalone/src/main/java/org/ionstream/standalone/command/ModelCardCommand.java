package org.ionstream.standalone.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.standalone.evaluation.Evaluator;
import org.ionstream.standalone.evaluation.ModelCardText;
import org.ionstream.standalone.evaluation.ModelReport;
import org.ionstream.surrogate.fno.OnnxModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what somebody should know who is about to use a model. */
@Command(
        name = "card",
        mixinStandardHelpOptions = true,
        description =
                "Prints a model's card in Markdown: what it is for, what it was trained on, its errors on the paper's test set "
                        + "by subset and variable beside the paper's, its biomarkers, calibration, limits and hash. The test takes "
                        + "some seconds; times of the machine are not on the card.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream model card --cell-model=fitzhugh-nagumo-1961",
            "  ionstream model card --cell-model=ohara-rudy-2011 --model=ord-250.onnx > ord-250.md"
        })
public final class ModelCardCommand implements Callable<Integer> {
    /** Of the paper's test set: that of the figures elsewhere. */
    private static final long SEED = 1;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--cell-model",
            paramLabel = "ID",
            required = true,
            description = "Whose model, e.g. hodgkin-huxley-1952")
    private String cellModel;

    @Option(names = "--model", paramLabel = "FILE", description = "An ONNX file. Default: the bundled champion")
    private Path file;

    @Override
    public Integer call() {
        try {
            CellModel wanted = CellModels.byId(cellModel);
            OnnxModelFile model = file == null ? ModelFiles.bundled(wanted) : ModelFiles.of(file, wanted);
            Evaluator.Settings settings = new Evaluator.Settings(SEED, 0, true);
            ModelReport report = new Evaluator(model, settings, line -> Reporting.tell(spec, line))
                    .evaluate(null)
                    .report();
            new ModelCardText(spec.commandLine().getOut(), model, report, SEED).print();
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }
}
