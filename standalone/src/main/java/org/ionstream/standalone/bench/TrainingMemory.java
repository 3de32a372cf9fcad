package org.ionstream.standalone.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.operation.ProcessMemory;
import org.ionstream.trainer.release.Recipe;
import org.ionstream.trainer.release.Recipes;

/** Resident memory of this process over many training steps of a small network: a native leak would show. */
public final class TrainingMemory {
    private static final int LOOKS = 10;

    /**
     * @param step done
     * @param residentMiB of the whole process
     */
    public record Look(int step, double residentMiB) {}

    private TrainingMemory() {}

    /** @return ten looks, evenly spread over the steps; none where the system does not tell */
    public static List<Look> over(int steps) {
        if (steps < LOOKS) {
            throw new IllegalArgumentException("%d steps; give at least %d".formatted(steps, LOOKS));
        }
        CellModel cellModel = CellModels.FITZHUGH_NAGUMO_1961;
        Recipe recipe = Recipes.CHAMPION
                .of(cellModel)
                .with(Map.of(
                        "architecture.width", "8",
                        "architecture.modes", "8",
                        "architecture.latentSamples", "32",
                        "training.steps", Integer.toString(steps),
                        "training.batch", "4",
                        "baseProtocols", "40",
                        "samples", "100",
                        "training.excursionWeight", "0",
                        "training.stepsPerValidation", Integer.toString(steps / LOOKS)));
        List<Look> looks = new ArrayList<>();
        TrainingRun.of(cellModel, recipe, progress -> {
            if (progress.validated()) {
                ProcessMemory.residentBytes()
                        .ifPresent(resident -> looks.add(new Look(progress.step(), resident / (1024.0 * 1024))));
            }
        });
        return looks;
    }
}
