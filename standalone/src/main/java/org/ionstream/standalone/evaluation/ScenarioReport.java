package org.ionstream.standalone.evaluation;

import java.util.List;

/**
 * What a stream that shifts, and the retraining that follows, do to a champion's errors. All are mean relative L2 errors of the
 * excursion, as on discrepancies.
 *
 * @param decision of the trainer, with its numbers
 * @param minutes that the retraining took, labels included
 * @param paperBefore of the champion on the paper's test set; for reporting only, nothing is chosen by it
 * @param paperAfter of the challenger
 * @param shiftedBefore of the champion on protocols of the shifted stream that no one was trained on
 * @param shiftedAfter of the challenger
 * @param blocks of the stream, from before the shift to after the swap
 */
public record ScenarioReport(
        String cellModel,
        String shift,
        String champion,
        String challenger,
        boolean promoted,
        String decision,
        double minutes,
        double paperBefore,
        double paperAfter,
        double shiftedBefore,
        double shiftedAfter,
        List<Block> blocks) {
    /** Quartiles of the errors of some audits that one model answers in one part of the stream. */
    public record Block(int from, int to, String part, double lowerQuartile, double median, double upperQuartile) {}

    /** Error on the shifted stream after the swap, as a multiple of the old one before the shift. */
    public double shiftedToOldSkill() {
        return shiftedAfter / paperBefore;
    }

    /** Error on the paper's test set after the swap, as a multiple of the one before. */
    public double forgotten() {
        return paperAfter / paperBefore;
    }
}
