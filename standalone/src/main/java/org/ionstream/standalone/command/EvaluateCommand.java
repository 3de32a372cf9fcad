package org.ionstream.standalone.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
import org.ionstream.trainer.release.BundledChampions;
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
        OnnxModelFile onnx = OnnxModelFile.parse(bytes(model));
        PaperTest test = new PaperTest(model, seed, new ReferenceLabels(new ReferenceSolver(SolverSettings.AUDIT)));
        PaperTest.Result result;
        try (var predictor = new FnoPredictor(onnx, new FnoPredictor.Settings(ComputeDevice.CPU, 0, 1))) {
            result = test.take(predictor);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s on %d test protocols, seed %d, %d samples%n",
                onnx.card().modelId(), result.protocols(), seed, test.grid().samples());
        out.printf(
                "relative L1 %.4f, L2 %.4f (median %.4f), H1 %.4f; paper L2 %s%n",
                result.relativeL1(),
                result.relativeL2(),
                result.medianRelativeL2(),
                result.relativeH1(),
                PaperTest.published(model));
        for (int i = 0; i < model.variables().size(); i++) {
            out.printf("  %-3s L2 %.4f%n", model.variables().get(i).name(), result.relativeL2PerVariable()[i]);
        }
        out.flush();
    }

    private byte[] bytes(CellModel model) {
        if (file == null) {
            return BundledChampions.of(model)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "%s has no bundled champion; give one with --model".formatted(model.id())));
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
