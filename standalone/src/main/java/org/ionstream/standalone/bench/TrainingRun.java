package org.ionstream.standalone.bench;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.FnoParameters;
import org.ionstream.trainer.fno.FnoTraining;
import org.ionstream.trainer.fno.Normalisation;
import org.ionstream.trainer.fno.TrainingData;
import org.ionstream.trainer.fno.TrajectorySet;
import org.ionstream.trainer.release.Recipe;

/** Trains on a few protocols for what it costs, not for what it learns. */
final class TrainingRun {
    private TrainingRun() {}

    static void of(CellModel cellModel, Recipe recipe, Consumer<FnoTraining.Progress> progress) {
        TrajectorySet set = ReferenceLabels.standard()
                .solve(
                        PaperDistribution.of(cellModel).training(1, recipe.baseProtocols()),
                        recipe.grid(cellModel),
                        count -> {});
        new FnoTraining(
                        recipe.training(),
                        Normalisation.of(set),
                        TrainingData.fixed(set),
                        List.of(set),
                        cellModel.horizonMs(),
                        ComputeDevice.CPU)
                .run(FnoParameters.random(recipe.architecture(), 1), Optional.empty(), progress);
    }
}
