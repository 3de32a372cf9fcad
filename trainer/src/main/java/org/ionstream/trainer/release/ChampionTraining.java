package org.ionstream.trainer.release;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.Score;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.data.FreshLabels;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.FnoParameters;
import org.ionstream.trainer.fno.FnoTraining;
import org.ionstream.trainer.fno.Normalisation;
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

    /** Stands in the card while the model is being scored. */
    private static final double UNSCORED = 1;

    /** A finished model file and what it scored on the validation set. */
    public record Trained(byte[] onnx, OnnxModelFile file, Score validation) {}

    /**
     * @param solved called with the number of protocols solved so far
     * @param progress called during training
     */
    public Trained run(Optional<Path> checkpoint, IntConsumer solved, Consumer<FnoTraining.Progress> progress) {
        TimeGrid grid = recipe.grid(cellModel);
        TrajectorySet first = labels.solve(recipe.protocols(cellModel, 0), grid, solved);
        TrajectorySet validation =
                labels.solve(PaperDistribution.of(cellModel).validation(recipe.dataSeed()), grid, count -> {});
        Normalisation normalisation = start.map(Candidate::normalisation)
                .map(earlier -> earlier.withStatistics(labels.statistics(recipe.protocols(cellModel), grid)))
                .orElseGet(() -> Normalisation.of(first));
        FnoParameters begin = start.map(Candidate::parameters)
                .orElseGet(() -> FnoParameters.random(
                        recipe.architecture(), recipe.training().seed()));
        FnoParameters trained;
        try (FreshLabels data = data(first)) {
            trained = new FnoTraining(recipe.training(), normalisation, data, validation, serving.device())
                    .run(
                            begin,
                            checkpoint.map(file -> new FnoTraining.Resume(file, TrainedWeights.run(cellModel, recipe))),
                            progress)
                    .parameters();
        }
        TimeGrid served = TimeGrid.covering(cellModel.horizonMs(), cellModel.stepMs());
        Candidate candidate = new Candidate(cellModel, trained, normalisation, recipe, Candidate.FIRST);
        return new GridExport(labels, serving).on(served, candidate, GridExport.Statistics.EXACT);
    }

    private FreshLabels data(TrajectorySet first) {
        int epochsPerSet = recipe.epochsPerSet() == 0 ? Integer.MAX_VALUE : recipe.epochsPerSet();
        return new FreshLabels(first, labels, set -> recipe.protocols(cellModel, set), epochsPerSet);
    }

    /** Exports, scores through the serving predictor, and writes the score into the card. */
    static Trained finished(Candidate candidate, Examination examination, FnoPredictor.Settings serving) {
        Score score;
        try (FnoPredictor predictor = new FnoPredictor(OnnxModelFile.parse(candidate.toOnnx(UNSCORED)), serving)) {
            score = examination.take(predictor::predict);
        }
        byte[] onnx = candidate.toOnnx(score.getMedianRelativeL2());
        return new Trained(onnx, OnnxModelFile.parse(onnx), score);
    }
}
