package org.ionstream.trainer.retraining;

/**
 * What a retraining learns from beside the audited references, which are in every set.
 *
 * @param baseProtocols from the paper's training distribution, in every set, so that the old skill is kept
 * @param asHeldOut the paper's subsets in the proportions of its validation and test sets, not in those of its training set
 * @param targetedProtocols solved by the trainer itself, in every set, near the audited ones that the champion is worst at
 * @param sensitiveShare of base and targeted protocols, {@link MostSensitive} among several drawn for each
 * @param epochsPerSet after so many epochs on one set comes a fresh one; 0: one set for all
 */
public record TrainingMix(
        int baseProtocols, boolean asHeldOut, int targetedProtocols, double sensitiveShare, int epochsPerSet) {
    public TrainingMix {
        if (baseProtocols < 0 || targetedProtocols < 0 || epochsPerSet < 0) {
            throw new IllegalArgumentException(
                    "a mix of %d base and %d targeted protocols, fresh every %d epochs; none may be negative"
                            .formatted(baseProtocols, targetedProtocols, epochsPerSet));
        }
        if (!(sensitiveShare >= 0 && sensitiveShare <= 1)) {
            throw new IllegalArgumentException(
                    "a mix of which %s are sensitive; give a share in [0, 1]".formatted(sensitiveShare));
        }
    }

    /** One set for the whole training, the paper's subsets as in its training set. */
    public static TrainingMix fixed(int baseProtocols, int targetedProtocols) {
        return new TrainingMix(baseProtocols, false, targetedProtocols, 0, 0);
    }
}
