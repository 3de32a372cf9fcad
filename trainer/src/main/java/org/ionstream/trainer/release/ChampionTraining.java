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
    private final ReferenceLabels labels;
    private final FnoPredictor.Settings serving;

    public ChampionTraining(CellModel cellModel, Recipe recipe, ReferenceLabels labels, FnoPredictor.Settings serving) {
        this.cellModel = cellModel;
        this.recipe = recipe;
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
        PaperDistribution paper = PaperDistribution.of(cellModel);
        TimeGrid grid = TimeGrid.covering(cellModel.horizonMs(), cellModel.stepMs());
        TrajectorySet training = labels.solve(recipe.protocols(cellModel), grid, solved);
        TrajectorySet validation = labels.solve(paper.validation(recipe.dataSeed()), grid, count -> {});
        Normalisation normalisation = Normalisation.of(training);
        FnoParameters start =
                FnoParameters.random(recipe.architecture(), recipe.training().seed());
        FnoParameters trained = new FnoTraining(recipe.training(), normalisation, training, validation)
                .run(start, checkpoint, progress)
                .parameters();
        Candidate candidate = new Candidate(cellModel, trained, normalisation, recipe, Candidate.FIRST);
        return finished(candidate, new Examination("paper validation", cellModel, validation), serving);
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
