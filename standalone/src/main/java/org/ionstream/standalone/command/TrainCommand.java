package org.ionstream.standalone.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ionstream.reference.ReferenceSolver;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.FnoTraining;
import org.ionstream.trainer.release.ChampionTraining;
import org.ionstream.trainer.release.Recipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a model from scratch on the paper's training distribution and writes it as an ONNX file. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Trains a model from scratch on the paper's training distribution and writes it as an ONNX file. "
                + "Stopped and started again with the same --checkpoint, it goes on where it was.",
        footerHeading = "%nExample:%n",
        footer =
                "  ionstream train --cell-model=fitzhugh-nagumo-1961 --steps=30000 --out=fhn.onnx --checkpoint=fhn.checkpoint")
public final class TrainCommand implements Callable<Integer> {
    private static final int LARGEST_BATCH = 64;

    @Spec
    private CommandSpec spec;

    @Option(names = "--cell-model", paramLabel = "ID", required = true, description = "e.g. hodgkin-huxley-1952")
    private String cellModel;

    @Option(names = "--steps", required = true, description = "Of the optimiser, 32 protocols each")
    private int steps;

    @Option(
            names = "--protocols",
            defaultValue = "15000",
            description = "Of the paper's training distribution. Default: ${DEFAULT-VALUE}")
    private int protocols;

    @Option(
            names = "--threads",
            defaultValue = "1",
            description = "Of the PyTorch engine; with another number the last bits differ. Default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The ONNX file")
    private Path out;

    @Option(names = "--checkpoint", paramLabel = "FILE", description = "To go on from after a stop")
    private Path checkpoint;

    @Override
    public Integer call() {
        try {
            train();
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private void train() {
        PrintWriter err = spec.commandLine().getErr();
        CellModel model = CellModels.byId(cellModel);
        Recipe recipe = Recipe.bundled(model, steps, protocols, threads);
        err.printf(
                "%s: %,d parameters, %s%n", model.title(), recipe.architecture().parameterCount(), recipe.toJson());
        ChampionTraining.Trained trained = new ChampionTraining(
                        model,
                        recipe,
                        new ReferenceLabels(new ReferenceSolver(SolverSettings.LABELS)),
                        new FnoPredictor.Settings(ComputeDevice.CPU, threads, LARGEST_BATCH))
                .run(Optional.ofNullable(checkpoint), solved -> report(err, solved), progress -> report(err, progress));
        try {
            Files.write(out, trained.onnx());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + out, e);
        }
        err.printf(
                "%s -> %s, %,d bytes; %d validation protocols: relative L2 of the excursion %.4f mean, %.4f median%n",
                trained.file().card().modelId(),
                out,
                trained.onnx().length,
                trained.validation().getProtocols(),
                trained.validation().getMeanRelativeL2(),
                trained.validation().getMedianRelativeL2());
        err.flush();
    }

    private static void report(PrintWriter err, int solved) {
        if (solved % 1_000 == 0) {
            err.printf("%,d protocols solved%n", solved);
            err.flush();
        }
    }

    private static void report(PrintWriter err, FnoTraining.Progress progress) {
        err.printf(
                "step %,d of %,d, loss %.4f, validation %.4f (best %.4f), %.1f min left%n",
                progress.step(),
                progress.steps(),
                progress.loss(),
                progress.validationError(),
                progress.bestError(),
                progress.secondsLeft() / 60);
        err.flush();
    }
}
