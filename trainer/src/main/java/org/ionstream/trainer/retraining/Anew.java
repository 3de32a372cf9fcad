package org.ionstream.trainer.retraining;

import org.ionstream.trainer.fno.FnoArchitecture;
import org.ionstream.trainer.release.Candidate;

/**
 * Whether a retraining begins with a network for pulses at any time, from random numbers, or goes on from the champion's.
 *
 * @param leastLayers of such a network; it has no fewer than the champion
 * @param windowSamples that it answers at once, at most, before it goes on from the state it arrived at; 0: all of the horizon
 */
public record Anew(When when, int leastLayers, int windowSamples) {
    public enum When {
        NEVER,
        /** If the champion is not such a network: the statistics of its outputs are those of pulses that all began at one time. */
        ONCE,
        ALWAYS
    }

    /** Goes on from the champion's. */
    public static final Anew NEVER = new Anew(When.NEVER, 0, 0);

    public Anew {
        if (leastLayers < 0 || windowSamples < 0) {
            throw new IllegalArgumentException(
                    "a network that begins anew with %d layers at least, %d samples a window; give 0 for the champion's and for the whole horizon, or more"
                            .formatted(leastLayers, windowSamples));
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
     * @param samples of the grid: the windows are the longest that divide them
     * @param stride of the training, which divides a window
     */
    FnoArchitecture of(FnoArchitecture champion, int samples, int stride) {
        int window = windowSamples < samples ? windowSamples : 0;
        while (window > 0 && (samples % window != 0 || window % stride != 0)) {
            window--;
        }
        return champion.forAnyTime(leastLayers, window == 0 ? 1 : samples / window);
    }
}
