package org.ionstream.trainer.retraining;

import org.ionstream.trainer.release.Candidate;

/** Whether a retraining begins with a network for pulses at any time, from random numbers, or goes on from the champion's. */
public enum Anew {
    NEVER,
    /** If the champion is not such a network: the statistics of its outputs are those of pulses that all began at one time. */
    ONCE,
    ALWAYS;

    boolean insteadOf(Candidate champion) {
        return switch (this) {
            case NEVER -> false;
            case ONCE -> !champion.normalisation().isOverAllTimes();
            case ALWAYS -> true;
        };
    }
}
