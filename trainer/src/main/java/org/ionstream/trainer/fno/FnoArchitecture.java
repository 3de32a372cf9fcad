package org.ionstream.trainer.fno;

/**
 * Hyperparameters of a one-dimensional Fourier neural operator from a current to the state variables (Pellegrini et al.,
 * "Learning High-dimensional Ionic Model Dynamics Using Fourier Neural Operators", arXiv 2505.14039, section 3).
 *
 * @param width channels between the layers, d_v in the paper
 * @param modes Fourier modes kept, k_max, the mean included
 * @param layers Fourier layers, L
 * @param layer which Fourier layer
 * @param activation sigma, everywhere
 * @param paddingFraction zeros appended in time after the lifting, as a fraction of the horizon so that it means the same on
 *     every grid
 * @param variables state variables out
 */
public record FnoArchitecture(
        int width,
        int modes,
        int layers,
        FourierLayer layer,
        Activation activation,
        double paddingFraction,
        int variables) {
    /** Hidden width of lifting and projection. */
    static final int LIFTING = 128;
    /** Channels in: time as a fraction of the horizon, and the current. */
    static final int INPUTS = 2;

    public FnoArchitecture {
        if (width < 1 || modes < 1 || layers < 1 || variables < 1 || !(paddingFraction >= 0 && paddingFraction <= 1)) {
            throw new IllegalArgumentException(
                    "FNO of width %d, %d modes, %d layers, padding %s, %d variables; all must be positive, padding in [0, 1]"
                            .formatted(width, modes, layers, paddingFraction, variables));
        }
    }

    /** Trainable real numbers; a complex spectral weight counts as two. */
    public long parameterCount() {
        long pointwise = (long) width * width + width;
        long layerSize = 2L * width * width * modes + pointwise * (layer == FourierLayer.MLP ? 3 : 1);
        long lifting = (INPUTS + 1) * LIFTING + (long) LIFTING * width + width;
        long projection = (long) width * LIFTING + LIFTING + (long) LIFTING * variables + variables;
        return lifting + projection + layers * layerSize;
    }

    /** Samples with padding when the horizon has the given number. */
    int padded(int samples) {
        return samples + (int) Math.round(paddingFraction * samples);
    }
}
