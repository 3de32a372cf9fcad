package org.ionstream.standalone.evaluation;

import java.util.List;
import org.ionstream.trainer.score.Distribution;
import org.ionstream.trainer.score.RatioOfMeans;

/**
 * What a stream that shifts, and the retraining that follows, do to a champion's errors. All are relative L2 errors of the
 * excursion, mean over the variables, as on discrepancies.
 *
 * @param models in the order in which they serve: the champion, one that was trained on in an earlier run if there is, the
 *     challenger
 * @param decision of the trainer, with its numbers
 * @param minutes that the retraining took, labels included, in this run
 * @param shiftedToOldSkill mean error on the shifted stream after the swap, as a multiple of the one on the paper's test set before
 *     the shift
 * @param forgotten mean error on the paper's test set after the swap, as a multiple of the one before
 * @param looks at the selection sets while it trained, in this run
 * @param blocks of the stream, from before the shift to after the swap
 */
public record ScenarioReport(
        String cellModel,
        String shift,
        List<Measured> models,
        boolean promoted,
        String decision,
        double minutes,
        RatioOfMeans shiftedToOldSkill,
        RatioOfMeans forgotten,
        List<Look> looks,
        List<Block> blocks) {
    /**
     * Errors of a model.
     *
     * @param shifted on protocols of the shifted stream that no model was trained on
     * @param paper on the paper's test set; for reporting only, nothing is chosen by it
     */
    public record Measured(String modelId, Distribution shifted, Distribution paper) {}

    /**
     * Mean relative L2 errors in standardised space, by which the best step is chosen.
     *
     * @param shifted of the audits that are held out for this
     * @param paper of the paper's validation protocols that are
     */
    public record Look(int step, double shifted, double paper) {}

    /** Quartiles of the errors of some audits that one model answers in one part of the stream. */
    public record Block(int from, int to, String part, double lowerQuartile, double median, double upperQuartile) {}
}
