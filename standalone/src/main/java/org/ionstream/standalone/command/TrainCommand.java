package org.ionstream.standalone.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.standalone.training.LearningCurve;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.data.TrainingDataset;
import org.ionstream.trainer.fno.FnoTraining;
import org.ionstream.trainer.release.Candidate;
import org.ionstream.trainer.release.ChampionTraining;
import org.ionstream.trainer.release.Recipe;
import org.ionstream.trainer.release.Recipes;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a model on the paper's training distribution and writes it as an ONNX file. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Trains a model on the paper's training distribution and writes it as an ONNX file. "
                + "Stopped and started again with the same --checkpoint, it goes on where it was.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream train --cell-model=fitzhugh-nagumo-1961 --steps=30000 --out=fhn.onnx --checkpoint=fhn.checkpoint",
            "  ionstream train --cell-model=hodgkin-huxley-1952 --recipe=paper-constrained --epochs=100",
            "    --curve=curves --out=hh.onnx",
            "  ionstream train --cell-model=hodgkin-huxley-1952 --set=architecture.modes=48",
            "    --set=training.batch=64 --steps=20000 --out=hh.onnx"
        })
public final class TrainCommand implements Callable<Integer> {
    private static final int LARGEST_BATCH = 64;

    @Spec
    private CommandSpec spec;

    @Option(names = "--cell-model", paramLabel = "ID", required = true, description = "e.g. hodgkin-huxley-1952")
    private String cellModel;

    @Option(
            names = "--recipe",
            paramLabel = "NAME",
            defaultValue = "champion",
            description = "champion, paper-constrained or paper-unconstrained. Default: ${DEFAULT-VALUE}")
    private String recipeName;

    @Option(
            names = "--set",
            paramLabel = "FIELD=VALUE",
            description = "Another value for a field of the recipe, e.g. architecture.width=48; may be repeated. "
                    + "--show-recipe names all fields")
    private Map<String, String> fields = new LinkedHashMap<>();

    @Option(names = "--steps", description = "Of the optimiser, one batch each. Default: as in the recipe")
    private Integer steps;

    @Option(names = "--epochs", description = "Instead of steps: times through the protocols of a set")
    private Integer epochs;

    @Option(names = "--protocols", description = "Of the paper's training distribution. Default: as in the recipe")
    private Integer protocols;

    @Option(names = "--threads", description = "Of the PyTorch engine; with another number the last bits differ")
    private Integer threads;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "An ONNX file made by this command, to train on from its weights")
    private Path from;

    @Option(
            names = "--training-set",
            paramLabel = "FILE",
            description = "Made by dataset, instead of the recipe's protocols")
    private Path trainingSet;

    @Option(
            names = "--validation-set",
            paramLabel = "FILE",
            description = "Made by dataset, to choose the best step by. Default: the paper's validation set")
    private Path validationSet;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description = "cpu, cuda or auto. Default: ${DEFAULT-VALUE}")
    private String device;

    @Option(names = "--out", paramLabel = "FILE", description = "The ONNX file")
    private Path out;

    @Option(names = "--checkpoint", paramLabel = "FILE", description = "To go on from after a stop")
    private Path checkpoint;

    @Option(
            names = "--curve",
            paramLabel = "FOLDER",
            description =
                    "Loss and validation error as learning-curve.csv, .png and .svg, with the authors' own points for "
                            + "a recipe of the paper; kept up to date while it trains")
    private Path curve;

    @Option(names = "--show-recipe", description = "Prints the recipe as JSON and trains nothing")
    private boolean showRecipe;

    @Override
    public Integer call() {
        try {
            CellModel model = CellModels.byId(cellModel);
            Optional<Candidate> start =
                    Optional.ofNullable(from).map(ModelFiles::checked).map(Candidate::of);
            Optional<TrainingDataset> set =
                    Optional.ofNullable(trainingSet).map(file -> TrainingDataset.read(file, model));
            set.ifPresent(read -> protocols = read.trajectories().size());
            Recipe recipe = recipe(model, start);
            if (showRecipe) {
                spec.commandLine().getOut().println(recipe.toJson());
            } else {
                train(model, recipe, start, set);
            }
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private Recipe recipe(CellModel model, Optional<Candidate> start) {
        Recipe named = Choice.of(Recipes.class, "--recipe", recipeName).of(model);
        Map<String, String> values = new LinkedHashMap<>(fields);
        put(values, "training.steps", steps);
        put(values, "training.threads", threads);
        put(values, "baseProtocols", protocols);
        Recipe recipe = start.map(named::from).orElse(named).with(values);
        if (epochs != null) {
            if (steps != null) {
                throw new IllegalArgumentException("--steps and --epochs both say how long to train; give one of them");
            }
            recipe = recipe.with(Map.of("training.steps", Integer.toString(epochs * recipe.stepsPerEpoch())));
        }
        return recipe;
    }

    private static void put(Map<String, String> values, String field, Integer value) {
        if (value != null) {
            values.put(field, value.toString());
        }
    }

    private void train(CellModel model, Recipe recipe, Optional<Candidate> start, Optional<TrainingDataset> set) {
        if (out == null) {
            throw new IllegalArgumentException("--out is missing: the ONNX file to write, e.g. --out=model.onnx");
        }
        if (validationSet != null && trainingSet == null) {
            throw new IllegalArgumentException(
                    "--validation-set without --training-set; give both, or neither for the recipe's protocols");
        }
        PrintWriter err = spec.commandLine().getErr();
        err.printf(
                "%s: %,d parameters, %s%n", model.title(), recipe.architecture().parameterCount(), recipe.toJson());
        Optional<LearningCurve> learningCurve = Optional.ofNullable(curve)
                .map(folder ->
                        new LearningCurve(folder, model, Choice.of(Recipes.class, "--recipe", recipeName), recipe));
        ReferenceLabels labels = ReferenceLabels.standard();
        ChampionTraining training = new ChampionTraining(
                model,
                recipe,
                start,
                labels,
                new FnoPredictor.Settings(
                        ComputeDevice.parse(device), recipe.training().threads(), LARGEST_BATCH));
        Consumer<FnoTraining.Progress> watcher = progress -> {
            report(err, progress);
            learningCurve.ifPresent(drawn -> drawn.add(progress));
        };
        Optional<Path> resumed = Optional.ofNullable(checkpoint);
        ChampionTraining.Trained trained = set.isEmpty()
                ? training.run(resumed, solved -> report(err, solved), watcher)
                : training.run(
                        set.get(),
                        Optional.ofNullable(validationSet).map(file -> TrainingDataset.read(file, model)),
                        resumed,
                        watcher);
        byte[] calibrated = ModelFiles.calibrated(trained.onnx(), labels, spec);
        ModelFiles.write(out, calibrated);
        err.printf(
                "%s -> %s, %,d bytes; %d validation protocols: relative L2 of the excursion %.4f mean, %.4f median%n",
                trained.file().card().modelId(),
                out,
                calibrated.length,
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
