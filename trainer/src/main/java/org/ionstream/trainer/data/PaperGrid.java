package org.ionstream.trainer.data;

import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * The sample times of the FNO paper (arXiv 2505.14039): 5040 stored points over the horizon, both ends included, of which
 * every fourth is used for all but O'Hara-Rudy. So the step is a little more than the horizon divided by the samples.
 */
public final class PaperGrid {
    private static final int STORED = 5040;
    private static final int STRIDE = 4;

    private PaperGrid() {}

    public static TimeGrid of(CellModel cellModel) {
        double storedStepMs = cellModel.horizonMs() / (STORED - 1);
        return cellModel.equals(CellModels.OHARA_RUDY_2011)
                ? new TimeGrid(storedStepMs, STORED)
                : new TimeGrid(STRIDE * storedStepMs, STORED / STRIDE);
    }
}
