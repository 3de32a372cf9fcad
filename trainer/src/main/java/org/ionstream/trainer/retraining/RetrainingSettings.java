package org.ionstream.trainer.retraining;

import org.ionstream.trainer.fno.TrainingSettings;

/**
 * When and how a champion is trained on.
 *
 * @param freshReferences audited references that must have come since the drift began, and since the last attempt
 * @param replayedReferences newest audited references kept and trained on, at most
 * @param mix of protocols that it learns from
 * @param anew whether a network for pulses at any time begins anew, with statistics over all times, or the champion's goes on,
 *     with its own
 * @param heldOutShare of the audited references, never trained on
 * @param training schedule of the fine-tuning
 * @param requiredImprovement challenger's mean error on recent audits must be below this share of the champion's
 * @param probation audited references after a release, on which the new champion must not be worse than the one it replaced;
 *     0: none
 * @param triggers beside drift and orders
 * @param toleratedRegression challenger's mean error on the paper's distribution may be this many times the champion's
 */
public record RetrainingSettings(
        int freshReferences,
        int replayedReferences,
        TrainingMix mix,
        Anew anew,
        double heldOutShare,
        TrainingSettings training,
        double requiredImprovement,
        double toleratedRegression,
        int probation,
        RetrainingTriggers triggers) {
    public RetrainingSettings {
        if (freshReferences < 1 || replayedReferences < freshReferences || probation < 0) {
            throw new IllegalArgumentException(
                    "retraining needs at least 1 fresh reference and room to keep them: fresh %d, kept %d, probation %d"
                            .formatted(freshReferences, replayedReferences, probation));
        }
        if (!(heldOutShare > 0 && heldOutShare < 1) || !(requiredImprovement > 0) || !(toleratedRegression > 0)) {
            throw new IllegalArgumentException(
                    "retraining: held-out share %s must be in (0, 1), improvement %s and regression %s positive"
                            .formatted(heldOutShare, requiredImprovement, toleratedRegression));
        }
    }
}
