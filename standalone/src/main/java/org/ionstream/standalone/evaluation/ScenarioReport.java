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
 * @param looks at the selection sets while it trained
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
        List<Look> looks,
        List<Block> blocks) {
    /**
     * Mean relative L2 errors in standardised space, by which the best step is chosen.
     *
     * @param shifted of the audits that are held out for this
     * @param paper of the paper's validation protocols that are
     */
    public record Look(int step, double shifted, double paper) {}

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
