package org.ionstream.trainer.release;

import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.score.Examination;

/**
 * Writes a trained network as a model file on any grid. The Fourier layers do not change; the statistics are computed on the
 * new grid from the protocols of the recipe, and the error in the card is measured there.
 */
public final class GridExport {
    /** What the statistics of the new grid are. */
    public enum Statistics {
        /** Of the training protocols, solved on that grid. */
        EXACT,
        /** Linear between those of the file's grid: all there is for a model that was trained on from another. */
        INTERPOLATED
    }

    private final ReferenceLabels labels;
    private final FnoPredictor.Settings serving;

    /** @param serving how the new file is run when its error is measured */
    public GridExport(ReferenceLabels labels, FnoPredictor.Settings serving) {
        this.labels = labels;
        this.serving = serving;
    }

    /**
     * @return the file and its score on the paper's validation protocols
     * @throws IllegalArgumentException if the network does not fit the grid
     * @throws IllegalStateException if exact statistics are asked for and the recipe cannot give them
     */
    public ChampionTraining.Trained on(TimeGrid grid, Candidate candidate, Statistics statistics) {
        checkHorizon(grid, candidate);
        CellModel cellModel = candidate.cellModel();
        Examination examination = new Examination(
                "paper validation", cellModel, labels.solve(Recipe.validation(cellModel), grid, count -> {}));
        return ChampionTraining.finished(there(grid, candidate, statistics), examination, serving);
    }

    private Candidate there(TimeGrid grid, Candidate candidate, Statistics statistics) {
        if (candidate.normalisation().grid().equals(grid)) {
            return candidate;
        }
        return switch (statistics) {
            case EXACT -> candidate.on(grid, labels);
            case INTERPOLATED -> candidate.interpolatedOn(grid);
        };
    }

    /**
     * The time channel and the modes are fractions of the horizon: over another one the network says nothing.
     *
     * @throws IllegalArgumentException if the grid has another horizon than the model
     */
    public static void checkHorizon(TimeGrid grid, Candidate candidate) {
        double trained = candidate.normalisation().grid().horizonMs();
        if (Math.abs(grid.horizonMs() - trained) > 1e-6 * trained) {
            throw new IllegalArgumentException(
                    "%d samples of %s ms are %s ms, but model %s was trained on %s ms; choose samples that divide its horizon"
                            .formatted(grid.samples(), grid.stepMs(), grid.horizonMs(), candidate.modelId(), trained));
        }
    }
}
