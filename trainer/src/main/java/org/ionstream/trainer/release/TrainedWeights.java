package org.ionstream.trainer.release;

import java.nio.file.Path;
import java.util.List;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.Checkpoint;
import org.ionstream.trainer.fno.FnoParameters;
import org.ionstream.trainer.fno.Normalisation;

/**
 * What must be known of a training to make a model of it on any grid, finished or not: with the recipe, the protocols that the
 * network learnt from can be drawn and solved again.
 *
 * @param cellModel it predicts
 * @param recipe how it is trained
 * @param weights all parameters, in the order of {@link FnoParameters#vector}
 */
public record TrainedWeights(CellModel cellModel, Recipe recipe, float[] weights) {
    public TrainedWeights {
        long wanted = recipe.architecture().parameterCount();
        if (weights.length != wanted) {
            throw new IllegalArgumentException(
                    "%d weights for the %d parameters of the recipe's network".formatted(weights.length, wanted));
        }
        if (recipe.architecture().variables() != cellModel.variables().size()) {
            throw new IllegalArgumentException("a network of %d variables for %s, which has %d"
                    .formatted(
                            recipe.architecture().variables(),
                            cellModel.id(),
                            cellModel.variables().size()));
        }
    }

    /**
     * The best weights so far.
     *
     * @throws IllegalArgumentException if there is no such file, or it is not of a training from scratch
     * @throws IllegalStateException if the file is damaged
     */
    public static TrainedWeights of(Path checkpointFile) {
        Checkpoint checkpoint = Checkpoint.read(checkpointFile)
                .orElseThrow(() -> new IllegalArgumentException("there is no checkpoint " + checkpointFile));
        String[] run = checkpoint.run().split(" ");
        if (run.length != 2) {
            throw new IllegalArgumentException(
                    "checkpoint %s is of '%s'; only those of train without data set files can be exported"
                            .formatted(checkpointFile, checkpoint.run()));
        }
        return new TrainedWeights(CellModels.byId(run[0]), Recipe.fromJson(run[1]), checkpoint.best());
    }

    /** On the training grid, with the statistics of the training protocols there. */
    public Candidate candidate(ReferenceLabels labels) {
        List<StimulusProtocol> protocols = recipe.protocols(cellModel);
        TimeGrid first = recipe.first().grid(cellModel);
        float[][] currents = protocols.stream()
                .map(Stimulus::of)
                .map(stimulus -> stimulus.cellMeans(first))
                .toArray(float[][]::new);
        Normalisation statistics =
                recipe.architecture().statistics(labels.statistics(protocols, recipe.grid(cellModel)));
        return new Candidate(
                cellModel,
                FnoParameters.of(recipe.architecture(), weights),
                new Normalisation(
                        statistics.grid(),
                        Normalisation.currentScale(currents),
                        statistics.mean(),
                        statistics.deviation()),
                recipe,
                Candidate.FIRST);
    }
}
