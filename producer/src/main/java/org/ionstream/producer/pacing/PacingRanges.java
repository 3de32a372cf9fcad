package org.ionstream.producer.pacing;

import java.util.Map;
import org.ionstream.producer.PulseRanges;
import org.ionstream.producer.Range;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;

/**
 * What pacing protocols of a cell model are drawn from. The amplitudes are above threshold for most pulses, the longest
 * train fits the horizon.
 *
 * @param firstOnsetMs of the first pulse
 * @param fewest pulses, S2 included
 * @param most pulses, S2 included
 * @param durationMs of a pulse
 * @param amplitude in the cell model's stimulus unit
 * @param shortestCycleMs least time from onset to onset
 */
record PacingRanges(
        Range firstOnsetMs, int fewest, int most, Range durationMs, Range amplitude, double shortestCycleMs) {
    private static final Map<String, PacingRanges> BY_CELL_MODEL = Map.of(
            CellModels.FITZHUGH_NAGUMO_1961.id(),
            new PacingRanges(new Range(0, 20), 2, 5, new Range(1, 5), new Range(0.2, 1.5), 10),
            CellModels.HODGKIN_HUXLEY_1952.id(),
            new PacingRanges(new Range(0, 20), 2, 5, new Range(1, 5), new Range(5, 40), 10),
            CellModels.OHARA_RUDY_2011.id(),
            new PacingRanges(new Range(0, 50), 2, 3, new Range(1, 5), new Range(10, 40), 100),
            CellModels.BEELER_REUTER_1977.id(),
            new PacingRanges(new Range(0, 50), 2, 3, new Range(1, 5), new Range(15, 30), 100));

    static PacingRanges of(CellModel model) {
        PacingRanges ranges = BY_CELL_MODEL.get(model.id());
        if (ranges == null) {
            throw new IllegalArgumentException("no pacing ranges for '%s', only for %s; add its ranges"
                    .formatted(
                            model.id(), BY_CELL_MODEL.keySet().stream().sorted().toList()));
        }
        return ranges;
    }

    /** Pulses that are longer than the shortest cycle lengthen it. */
    PacingRanges with(PulseRanges changed) {
        Range duration = changed.durationMs() == null ? durationMs : changed.durationMs();
        return new PacingRanges(
                changed.onsetMs() == null ? firstOnsetMs : changed.onsetMs(),
                fewest,
                most,
                duration,
                changed.amplitude() == null ? amplitude : changed.amplitude(),
                Math.max(shortestCycleMs, duration.to()));
    }

    void requireFit(double horizonMs) {
        double longestMs = firstOnsetMs.to() + (most - 1) * shortestCycleMs + durationMs.to();
        if (!(durationMs.from() > 0) || longestMs > horizonMs) {
            throw new IllegalArgumentException(
                    "trains of %d pulses with onset %s ms and durations %s ms may last %s ms, the horizon is %s ms; narrow the ranges, durations above 0"
                            .formatted(most, firstOnsetMs, durationMs, longestMs, horizonMs));
        }
    }
}
