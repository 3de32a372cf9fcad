package org.ionstream.trainer.release;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.Score;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.data.FreshLabels;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.data.TrainingDataset;
import org.ionstream.trainer.fno.FnoParameters;
import org.ionstream.trainer.fno.FnoTraining;
import org.ionstream.trainer.fno.Normalisation;
import org.ionstream.trainer.fno.TrainingData;
import org.ionstream.trainer.fno.TrajectorySet;
import org.ionstream.trainer.score.Examination;

/** Trains a model from scratch on the paper's training distribution: how the bundled champions were made. */
public final class ChampionTraining {
    private final CellModel cellModel;
    private final Recipe recipe;
    private final Optional<Candidate> start;
    private final ReferenceLabels labels;
    private final FnoPredictor.Settings serving;

    /** @param start to go on from, as the recipe says; empty: random numbers */
    public ChampionTraining(
            CellModel cellModel,
            Recipe recipe,
            Optional<Candidate> start,
            ReferenceLabels labels,
            FnoPredictor.Settings serving) {
        this.cellModel = cellModel;
        this.recipe = recipe;
        this.start = start;
        this.labels = labels;
        this.serving = serving;
    }

    /** A finished model file and what it scored on the validation set. */
    public record Trained(byte[] onnx, OnnxModelFile file, Score validation) {}

    /**
     * On protocols that the recipe names, solved as they are needed.
     *
     * @param solved called with the number of protocols solved so far
     * @param progress called during training
     */
    public Trained run(Optional<Path> checkpoint, IntConsumer solved, Consumer<FnoTraining.Progress> progress) {
        TimeGrid grid = recipe.grid(cellModel);
        IntFunction<List<StimulusProtocol>> protocols = recipe.sets(cellModel, labels);
        TrajectorySet first = labels.solve(protocols.apply(0), grid, solved);
        Normalisation normalisation = start.map(Candidate::normalisation)
                .map(earlier -> earlier.withStatistics(labels.statistics(recipe.protocols(cellModel), grid)))
                .orElseGet(() ->
                        recipe.architecture().statistics(Normalisation.of(first.part(0, recipe.baseProtocols()))));
        IntFunction<TrajectorySet> sets = set -> labels.solve(protocols.apply(set), grid, count -> {});
        try (FreshLabels data = new FreshLabels(first, sets, recipe.epochsPerSet())) {
            FnoParameters trained =
                    trained(normalisation, data, validation(grid), checkpoint, recipe.toJson(), progress);
            Candidate candidate = new Candidate(cellModel, trained, normalisation, recipe, Candidate.FIRST);
            return finished(candidate, GridExport.Statistics.EXACT);
        }
    }

    /**
     * On data set files. The model's provenance names them; its statistics on other grids are interpolated.
     *
     * @param validationSet empty: the paper's validation set on the training set's grid
     * @throws IllegalArgumentException if they are on different grids
     */
    public Trained run(
            TrainingDataset trainingSet,
            Optional<TrainingDataset> validationSet,
            Optional<Path> checkpoint,
            Consumer<FnoTraining.Progress> progress) {
        TrajectorySet training = trainingSet.trajectories();
        TrajectorySet validation =
                validationSet.map(TrainingDataset::trajectories).orElseGet(() -> validation(training.grid()));
        if (!validation.grid().equals(training.grid())) {
            throw new IllegalArgumentException("training set on %s, validation set on %s; make both on one grid"
                    .formatted(training.grid(), validation.grid()));
        }
        Normalisation statistics = Normalisation.of(training);
        Normalisation normalisation = start.map(
                        earlier -> earlier.normalisation().withStatistics(statistics))
                .orElseGet(() -> recipe.architecture().statistics(statistics));
        String provenance = provenance(trainingSet, validationSet);
        FnoParameters trained = trained(
                normalisation,
                TrainingData.fixed(training),
                validation,
                checkpoint,
                recipe.toJson() + " " + provenance,
                progress);
        Candidate candidate = new Candidate(cellModel, trained, normalisation, recipe, provenance);
        return finished(candidate, GridExport.Statistics.INTERPOLATED);
    }

    private FnoParameters trained(
            Normalisation normalisation,
            TrainingData data,
            TrajectorySet validation,
            Optional<Path> checkpoint,
            String run,
            Consumer<FnoTraining.Progress> progress) {
        FnoParameters begin = start.map(earlier -> FnoParameters.of(
                        recipe.architecture(), earlier.parameters().vector()))
                .orElseGet(() -> FnoParameters.random(
                        recipe.architecture(), recipe.training().seed()));
        checkServable(new Candidate(cellModel, begin, normalisation, recipe, Candidate.FIRST));
        return new FnoTraining(
                        recipe.training(),
                        normalisation,
                        data,
                        List.of(validation),
                        cellModel.horizonMs(),
                        serving.device())
                .run(begin, checkpoint.map(file -> new FnoTraining.Resume(file, cellModel.id() + " " + run)), progress)
                .parameters();
    }

    private TrajectorySet validation(TimeGrid grid) {
        return labels.solve(Recipe.validation(cellModel), grid, count -> {});
    }

    private Trained finished(Candidate candidate, GridExport.Statistics statistics) {
        return new GridExport(labels, serving).on(served(), candidate, statistics);
    }

    private void checkServable(Candidate begun) {
        GridExport.checkHorizon(served(), begun);
        begun.interpolatedOn(served()).checkServable(serving);
    }

    private TimeGrid served() {
        return TimeGrid.covering(cellModel.horizonMs(), cellModel.stepMs());
    }

    private static String provenance(TrainingDataset training, Optional<TrainingDataset> validation) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("trainingSet", training.recipe().toJson())
                .put("trainingSetSha256", training.protocolsSha256())
                .put(
                        "validationSet",
                        validation.map(set -> set.recipe().toJson()).orElse("the paper's"))
                .put(
                        "validationSetSha256",
                        validation.map(TrainingDataset::protocolsSha256).orElse(""))
                .toString();
    }

    /** Exports, scores through the serving predictor, and writes the score into the card. */
    static Trained finished(Candidate candidate, Examination examination, FnoPredictor.Settings serving) {
        Score score = examination.score(examination.errors(candidate.unscored(), serving));
        byte[] onnx = candidate.toOnnx(score.getMedianRelativeL2());
        return new Trained(onnx, OnnxModelFile.parse(onnx), score);
    }
}
