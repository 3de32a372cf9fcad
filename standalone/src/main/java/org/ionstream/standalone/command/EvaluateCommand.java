package org.ionstream.standalone.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.standalone.evaluation.Evaluated;
import org.ionstream.standalone.evaluation.EvaluationPlots;
import org.ionstream.standalone.evaluation.EvaluationReport;
import org.ionstream.standalone.evaluation.EvaluationText;
import org.ionstream.standalone.evaluation.Evaluator;
import org.ionstream.standalone.evaluation.TestedModel;
import org.ionstream.standalone.machine.Machine;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.score.PredictionCost;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Computes a model's errors on the paper's test set, as the paper does and in physical units. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description =
                "Computes a model's errors on the paper's test distribution (375 seeded protocols) through the "
                        + "serving predictor: in the paper's metric beside the paper's figures, in physical units, by subset and "
                        + "variable, of biomarkers, on finer and coarser grids; and what it costs. O'Hara-Rudy takes some minutes.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream evaluate --cell-model=fitzhugh-nagumo-1961",
            "  ionstream evaluate --all --plots=figures --format=json > evaluation.json"
        })
public final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Which which;

    static final class Which {
        @Option(
                names = "--cell-model",
                split = ",",
                paramLabel = "ID",
                description = "One or several, comma-separated, e.g. hodgkin-huxley-1952")
        private List<String> cellModels = List.of();

        @Option(names = "--all", description = "Every cell model that has a bundled champion, and an overview")
        private boolean all;
    }

    @Option(names = "--model", paramLabel = "FILE", description = "An ONNX file. Default: the bundled champion")
    private Path file;

    @Option(names = "--seed", defaultValue = "1", description = "Of the test set. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--protocols",
            defaultValue = "0",
            description = "Of the test set, subsets in proportion. Default: the paper's 375")
    private int protocols;

    @Option(
            names = "--served-only",
            description = "Leave out the same network on the paper's and other grids, most of the time it takes")
    private boolean servedOnly;

    @Option(
            names = "--plots",
            paramLabel = "FOLDER",
            description = "Gets the figures, each as PNG and SVG. Default: none")
    private Path plots;

    @Option(
            names = "--summary",
            paramLabel = "FILE",
            description = "Gets the errors as JSON, without single protocols and costs, for model card. Default: none")
    private Path summary;

    @Mixin
    private Reporting reporting;

    @Override
    public Integer call() {
        try {
            evaluate();
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private void evaluate() {
        ReportFormat chosen = reporting.format();
        Evaluator.Settings settings = new Evaluator.Settings(seed, protocols, servedOnly);
        Machine machine = Machine.here();
        List<Evaluated> evaluated = new ArrayList<>();
        List<OnnxModelFile> models = models();
        List<PredictionCost> costs = PredictionCost.measure(models);
        for (int i = 0; i < models.size(); i++) {
            evaluated.add(new Evaluator(models.get(i), settings, reporting::tell).evaluate(costs.get(i)));
        }
        EvaluationReport report = new EvaluationReport(
                machine, seed, evaluated.stream().map(Evaluated::report).toList());
        chosen.print(report, spec.commandLine().getOut(), text -> new EvaluationText(text).print(report));
        if (summary != null) {
            ModelFiles.write(summary, TestedModel.written(TestedModel.of(report)));
        }
        if (plots != null) {
            EvaluationPlots.write(evaluated, plots).forEach(written -> reporting.tell("wrote " + written));
        }
    }

    /** All of them are read before the first is evaluated: a wrong name is not found out after minutes. */
    private List<OnnxModelFile> models() {
        if (which.all && file != null) {
            throw new IllegalArgumentException(
                    "--all evaluates the bundled champions; name the cell model of %s with --cell-model"
                            .formatted(file));
        }
        if (which.all) {
            return ModelFiles.allBundled();
        }
        return which.cellModels.stream().map(CellModels::byId).map(this::model).toList();
    }

    private OnnxModelFile model(CellModel cellModel) {
        return file == null ? ModelFiles.bundled(cellModel) : ModelFiles.of(file, cellModel);
    }
}
