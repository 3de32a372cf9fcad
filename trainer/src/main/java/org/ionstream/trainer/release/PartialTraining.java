package org.ionstream.trainer.release;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.Checkpoint;
import org.ionstream.trainer.fno.DivergedException;
import org.ionstream.trainer.fno.FnoParameters;
import org.ionstream.trainer.fno.FnoTraining;
import org.ionstream.trainer.fno.Normalisation;
import org.ionstream.trainer.fno.TrainingData;
import org.ionstream.trainer.fno.TrajectorySet;

/**
 * Trains a recipe some way, to learn how good it is; nothing is exported. The error is the paper's, on its validation set:
 * relative L2 in standardised space. Protocols are solved once for recipes that name the same ones. Not thread-safe.
 */
public final class PartialTraining {

    private final ReferenceLabels labels;
    private final ComputeDevice device;
    private Solved solved;

    public PartialTraining(ReferenceLabels labels, ComputeDevice device) {
        this.labels = labels;
        this.device = device;
    }

    /** What the labels of a recipe depend on. */
    private record Protocols(
            CellModel cellModel, TimeGrid grid, int count, int nearThreshold, long seed, boolean asHeldOut) {
        static Protocols of(CellModel cellModel, Recipe recipe) {
            return new Protocols(
                    cellModel,
                    recipe.grid(cellModel),
                    recipe.baseProtocols(),
                    recipe.nearThreshold(),
                    recipe.dataSeed(),
                    recipe.asHeldOut());
        }
    }

    private record Solved(Protocols protocols, TrajectorySet training, TrajectorySet validation) {}

    /**
     * @param error lowest so far on the validation set
     * @param resumedFrom step of the checkpoint; 0: from the beginning
     */
    public record Reached(double error, int resumedFrom) {}

    /**
     * @param recipe on one set of protocols, from random numbers
     * @param until step after which to stop, at most the recipe's
     * @param checkpoint to go on from; one that is damaged or of another training is replaced, at the price of beginning anew
     * @throws DivergedException if the loss is no longer finite
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; the checkpoint stands
     * @throws IllegalArgumentException if the recipe has fresh sets or another network to begin with
     */
    public Reached run(CellModel cellModel, Recipe recipe, int until, Path checkpoint) {
        if (recipe.epochsPerSet() != 0 || recipe.start() != null) {
            throw new IllegalArgumentException(
                    "a recipe with fresh sets every %d epochs, begun from %s; give one with one set, from random numbers"
                            .formatted(recipe.epochsPerSet(), recipe.start()));
        }
        String run = cellModel.id() + " " + recipe.toJson();
        FnoParameters start =
                FnoParameters.random(recipe.architecture(), recipe.training().seed());
        int resumedFrom =
                Checkpoint.usable(checkpoint, run).map(Checkpoint::step).orElse(0);
        Solved data = solved(cellModel, recipe);
        FnoTraining training = new FnoTraining(
                recipe.training(),
                recipe.architecture()
                        .statistics(Normalisation.of(data.training().part(0, recipe.baseProtocols()))),
                TrainingData.fixed(data.training()),
                List.of(data.validation()),
                cellModel.horizonMs(),
                device);
        FnoTraining.Result result =
                training.run(start, Optional.of(new FnoTraining.Resume(checkpoint, run)), until, progress -> {});
        if (!Double.isFinite(result.validationError())) {
            throw new DivergedException("no finite validation error by step %d; lower the peak learning rate, now %s"
                    .formatted(until, recipe.training().peakLearningRate()));
        }
        return new Reached(result.validationError(), resumedFrom);
    }

    private Solved solved(CellModel cellModel, Recipe recipe) {
        Protocols wanted = Protocols.of(cellModel, recipe);
        if (solved == null || !solved.protocols().equals(wanted)) {
            solved = new Solved(
                    wanted,
                    labels.solve(recipe.sets(cellModel, labels).apply(0), wanted.grid(), count -> {}),
                    labels.solve(Recipe.validation(cellModel), wanted.grid(), count -> {}));
        }
        return solved;
    }
}
