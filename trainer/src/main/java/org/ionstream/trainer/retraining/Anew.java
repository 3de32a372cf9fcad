package org.ionstream.trainer.retraining;

import java.util.Map;
import java.util.OptionalInt;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.trainer.fno.FnoArchitecture;
import org.ionstream.trainer.release.Candidate;

/**
 * Whether a retraining begins with a network for pulses at any time, from random numbers, or goes on from the champion's.
 *
 * @param leastLayers of such a network; it has no fewer than the champion
 * @param windowSamples that it answers at once, at most, before it goes on from the state it arrived at; 0: all of the horizon;
 *     empty: what is best for the cell model
 */
public record Anew(When when, int leastLayers, OptionalInt windowSamples) {
    public enum When {
        NEVER,
        /** If the champion is not such a network: the statistics of its outputs are those of pulses that all began at one time. */
        ONCE,
        ALWAYS
    }

    /** Goes on from the champion's. */
    public static final Anew NEVER = new Anew(When.NEVER, 0, OptionalInt.empty());

    /** 6.25 ms, in which there is at most one pulse. Whether O'Hara-Rudy has windows makes no difference yet. */
    private static final Map<String, Integer> WINDOW_SAMPLES =
            Map.of(CellModels.FITZHUGH_NAGUMO_1961.id(), 20, CellModels.HODGKIN_HUXLEY_1952.id(), 20);

    public Anew {
        if (leastLayers < 0 || windowSamples.orElse(0) < 0) {
            throw new IllegalArgumentException(
                    "a network that begins anew with %d layers at least, %d samples a window; give 0 for the champion's and for the whole horizon, or more"
                            .formatted(leastLayers, windowSamples.orElse(0)));
        }
    }

    boolean insteadOf(Candidate champion) {
        return switch (when) {
            case NEVER -> false;
            case ONCE -> !champion.normalisation().isOverAllTimes();
            case ALWAYS -> true;
        };
    }

    /**
     * @param grid whose samples the windows divide: they are the longest that do
     * @param stride of the training, which divides a window
     */
    FnoArchitecture of(FnoArchitecture champion, CellModel cellModel, TimeGrid grid, int stride) {
        int most = windowSamples.orElseGet(() -> WINDOW_SAMPLES.getOrDefault(cellModel.id(), 0));
        int window = most < grid.samples() ? most : 0;
        while (window > 0 && (grid.samples() % window != 0 || window % stride != 0)) {
            window--;
        }
        return champion.forAnyTime(leastLayers, window == 0 ? 1 : grid.samples() / window);
    }
}
