package org.ionstream.trainer.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.trainer.fno.TrajectorySet;

/**
 * A data set to fit a model to, or to choose one by: all of it in memory, 4 bytes a value. The only door through which
 * training and selection read data set files; a test set does not pass it.
 *
 * @param recipe how it was made
 * @param protocolsSha256 names it in a model's provenance, with the recipe
 * @param protocols in file order
 * @param trajectories of the protocols, in the same order
 */
public record TrainingDataset(
        DatasetRecipe recipe, String protocolsSha256, List<StimulusProtocol> protocols, TrajectorySet trajectories) {

    /**
     * @param cellModel that the model is of
     * @throws UnusableDatasetException if the file is a test set, of another cell model, damaged, or no data set
     */
    public static TrainingDataset read(Path path, CellModel cellModel) {
        DatasetFile file = DatasetFile.open(path);
        DatasetRecipe recipe = file.recipe();
        if (recipe.set() == DatasetRole.TEST || FrozenSets.isTest(file.protocolsSha256())) {
            throw new UnusableDatasetException(
                    path,
                    "is a test set, which is for reporting only: nothing is trained on it or chosen by it; give one made with --set=training or --set=validation");
        }
        if (!recipe.cellModel().equals(cellModel.id())) {
            throw new UnusableDatasetException(
                    path,
                    "is of %s, the model of %s; give one of its own".formatted(recipe.cellModel(), cellModel.id()));
        }
        return read(file);
    }

    private static TrainingDataset read(DatasetFile file) {
        DatasetRecipe recipe = file.recipe();
        List<StimulusProtocol> protocols = new ArrayList<>(recipe.count());
        List<float[]> currents = new ArrayList<>(recipe.count());
        List<float[][]> excursions = new ArrayList<>(recipe.count());
        List<double[]> initials = new ArrayList<>(1);
        file.forEach(labelled -> {
            if (initials.isEmpty()) {
                initials.add(labelled.initial());
            }
            if (!Arrays.equals(initials.get(0), labelled.initial())) {
                throw new UnusableDatasetException(
                        file.path(),
                        "has protocols from different initial states; make it again under the published conditions");
            }
            protocols.add(labelled.stimulus().protocol());
            currents.add(labelled.current());
            excursions.add(labelled.excursions());
        });
        TrajectorySet trajectories = new TrajectorySet(
                recipe.grid(), initials.get(0), currents.toArray(float[][]::new), excursions.toArray(float[][][]::new));
        return new TrainingDataset(recipe, file.protocolsSha256(), List.copyOf(protocols), trajectories);
    }
}
