package org.ionstream.trainer.data;

import org.ionstream.producer.PulseRanges;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.wire.TimeGrid;

/** Recipes of small data sets on coarse grids. */
final class Recipes {
    private Recipes() {}

    static DatasetRecipe paper(CellModel model, DatasetRole set, int count) {
        return of(model, set, DatasetOrigin.PAPER, PulseRanges.NONE, count, 50);
    }

    static DatasetRecipe of(
            CellModel model, DatasetRole set, DatasetOrigin origin, PulseRanges ranges, int count, int samples) {
        TimeGrid grid = DatasetRecipe.grid(model, samples);
        return new DatasetRecipe(model.id(), set, origin, 1, count, ranges, grid.stepMs(), grid.samples(), 1e-6);
    }
}
