package org.ionstream.trainer.fno;

/** What the network sees of the stimulus at each time, besides the time itself. */
public enum Inputs {
    /** The current, in the lifting only, as in the paper. */
    CURRENT(1),
    /**
     * The current, the charge delivered so far and the current on a logarithmic scale, in the lifting and again in the
     * projection: small and short pulses stay visible, and edges stay sharp behind the truncated modes.
     */
    CURRENT_AND_CHARGE(3),
    /**
     * The same in terms that do not depend on the grid: the logarithm in the lifting is of the mean current over a latent
     * cell instead of the mean of logarithms, and the charge in the projection is what came before the sample's time.
     */
    RESOLUTION_FREE(3),
    /**
     * Those, and leaky integrals with time constants far apart ({@link LeakyIntegrals}): of the current, as they are and on a
     * logarithmic scale, and of a constant one. How far a pulse has charged the membrane, how long ago it ended and how long
     * ago all began is there at every sample, at the scale of an upstroke too, which neither the truncated modes nor time as
     * a fraction of the horizon resolve.
     */
    LEAKY(3 + 3 * LeakyIntegrals.count());

    /** The charge of a current of one scale that lasts for an eighth of the horizon is 1. */
    static final float CHARGE_SCALE = 8;
    /** In sign(x) log(1 + gain |x|) / depth. */
    static final float LOGARITHM_GAIN = 20;

    static final float LOGARITHM_DEPTH = 3;

    private final int channels;

    Inputs(int channels) {
        this.channels = channels;
    }

    /** Without time. */
    int channels() {
        return channels;
    }

    boolean reachProjection() {
        return this != CURRENT;
    }
}
