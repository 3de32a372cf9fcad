package org.ionstream.standalone.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ionstream.reference.ReferenceSolver;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.release.Candidate;
import org.ionstream.trainer.score.PaperTest;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Computes a model's errors on the paper's test set, as the paper does. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Computes a model's errors on the paper's test distribution (375 seeded protocols, its grid, its "
                + "standardised space) through the serving predictor.",
        footerHeading = "%nExample:%n",
        footer = "  evaluate --cell-model=fitzhugh-nagumo-1961")
public final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--cell-model", paramLabel = "ID", required = true, description = "e.g. hodgkin-huxley-1952")
    private String cellModel;

    @Option(names = "--model", paramLabel = "FILE", description = "An ONNX file. Default: the bundled champion")
    private Path file;

    @Option(names = "--seed", defaultValue = "1", description = "Of the test set. Default: ${DEFAULT-VALUE}")
    private long seed;

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
        CellModel model = CellModels.byId(cellModel);
        OnnxModelFile onnx = file == null ? ModelFiles.bundled(model) : ModelFiles.checked(file);
        ReferenceLabels labels = new ReferenceLabels(new ReferenceSolver(SolverSettings.LABELS));
        PaperTest test = new PaperTest(model, seed, labels);
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%s on %d test protocols, seed %d%n", onnx.card().modelId(), test.size(), seed);
        out.printf("%-54s relative L1      L2  median      H1%n", "");
        String served = "as served, %d samples, interpolated to %d"
                .formatted(onnx.card().samples(), test.grid().samples());
        PaperTest.Result result = result(test, onnx);
        row(out, served, result);
        Candidate candidate = Candidate.of(onnx);
        if (candidate.isFirstTraining()) {
            Candidate exported = candidate.on(test.grid(), labels);
            result =
                    result(test, OnnxModelFile.parse(exported.toOnnx(onnx.card().expectedRelativeL2())));
            row(out, "exported to the paper's %d samples".formatted(test.grid().samples()), result);
        }
        out.printf("paper: L2 %s%n", PaperTest.published(model));
        for (int i = 0; i < model.variables().size(); i++) {
            out.printf("  %-14s L2 %.4f%n", model.variables().get(i).name(), result.relativeL2PerVariable()[i]);
        }
        out.flush();
    }

    private static PaperTest.Result result(PaperTest test, OnnxModelFile model) {
        try (var predictor = new FnoPredictor(model, new FnoPredictor.Settings(ComputeDevice.CPU, 0, 1))) {
            return test.take(predictor);
        }
    }

    private static void row(PrintWriter out, String name, PaperTest.Result result) {
        out.printf(
                "%-54s      %.4f  %.4f  %.4f  %.4f%n",
                name, result.relativeL1(), result.relativeL2(), result.medianRelativeL2(), result.relativeH1());
        out.flush();
    }
}
