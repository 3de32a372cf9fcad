package org.ionstream.trainer.release;

import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.FnoParameters;
import org.ionstream.trainer.fno.Normalisation;

/**
 * What must be known of a training to make a model of it on any grid, finished or not: with the recipe, the protocols that the
 * network learnt from can be drawn and solved again.
 *
 * @param cellModel it predicts
 * @param recipe how it is trained
 * @param trainingGrid on which it is trained; the scale of the currents is of this grid
 * @param weights all parameters, in the order of {@link FnoParameters#vector}
 */
public record TrainedWeights(CellModel cellModel, Recipe recipe, TimeGrid trainingGrid, float[] weights) {
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

    /** On the training grid, with the statistics of the training protocols there. */
    public Candidate candidate(ReferenceLabels labels) {
        Normalisation statistics = labels.statistics(recipe.protocols(cellModel), trainingGrid);
        float[][] currents = recipe.protocols(cellModel).stream()
                .map(Stimulus::of)
                .map(stimulus -> stimulus.cellMeans(trainingGrid))
                .toArray(float[][]::new);
        return new Candidate(
                cellModel,
                FnoParameters.of(recipe.architecture(), weights),
                new Normalisation(
                        trainingGrid, Normalisation.currentScale(currents), statistics.mean(), statistics.deviation()),
                recipe,
                Candidate.FIRST);
    }
}
