package org.ionstream.trainer.fno;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

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
 * @param hidden width of lifting and projection
 * @param inputs what the network sees of the stimulus
 * @param latentSamples over the horizon in the Fourier layers; 0: as many as the stimulus has
 * @param early of latent samples ({@link LatentGrid}); 0, as in early recipes: all alike
 * @param windows equal parts of the horizon that the network answers one after another, each from the state at the end of the one
 *     before, which it sees; 1, as in the paper: the horizon at once from rest
 */
public record FnoArchitecture(
        int width,
        int modes,
        int layers,
        FourierLayer layer,
        Activation activation,
        double paddingFraction,
        int variables,
        int hidden,
        Inputs inputs,
        int latentSamples,
        double early,
        int windows) {
    private static final int PAPER_HIDDEN = 128;
    /** Of one of several windows; as many modes as they carry. */
    private static final int LATENT_SAMPLES_OF_WINDOW = 16;

    public FnoArchitecture {
        // Recipes in model files written before there was a choice do not name these.
        hidden = hidden == 0 ? PAPER_HIDDEN : hidden;
        inputs = inputs == null ? Inputs.CURRENT : inputs;
        windows = windows == 0 ? 1 : windows;
        if (width < 1 || modes < 1 || layers < 1 || variables < 1 || !(paddingFraction >= 0 && paddingFraction <= 1)) {
            throw new IllegalArgumentException(
                    "FNO of width %d, %d modes, %d layers, padding %s, %d variables; all must be positive, padding in [0, 1]"
                            .formatted(width, modes, layers, paddingFraction, variables));
        }
        if (hidden < 1 || latentSamples < 0 || !(early >= 0) || early > 0 && latentSamples == 0) {
            throw new IllegalArgumentException(
                    "FNO with %d hidden channels, %d latent samples, twice as far apart after %s; the first must be positive, the others not negative, and without latent samples none can be apart"
                            .formatted(hidden, latentSamples, early));
        }
        if (windows < 1 || windows > 1 && (latentSamples == 0 || latentSamples % windows != 0 || early > 0)) {
            throw new IllegalArgumentException(
                    "FNO of %d windows with %d latent samples, twice as far apart after %s; at least 1, and for several as many latent samples in each, all alike"
                            .formatted(windows, latentSamples, early));
        }
    }

    /** Of the horizon at once. */
    public FnoArchitecture(
            int width,
            int modes,
            int layers,
            FourierLayer layer,
            Activation activation,
            double paddingFraction,
            int variables,
            int hidden,
            Inputs inputs,
            int latentSamples,
            double early) {
        this(
                width,
                modes,
                layers,
                layer,
                activation,
                paddingFraction,
                variables,
                hidden,
                inputs,
                latentSamples,
                early,
                1);
    }

    /** The same with latent samples all alike. */
    public FnoArchitecture(
            int width,
            int modes,
            int layers,
            FourierLayer layer,
            Activation activation,
            double paddingFraction,
            int variables,
            int hidden,
            Inputs inputs,
            int latentSamples) {
        this(width, modes, layers, layer, activation, paddingFraction, variables, hidden, inputs, latentSamples, 0);
    }

    /** The paper's networks: the layers run on the grid itself and see the current. */
    public static FnoArchitecture paper(
            int width,
            int modes,
            int layers,
            FourierLayer layer,
            Activation activation,
            double paddingFraction,
            int variables) {
        return new FnoArchitecture(
                width, modes, layers, layer, activation, paddingFraction, variables, PAPER_HIDDEN, Inputs.CURRENT, 0);
    }

    /** All by name. */
    public Map<String, String> values() {
        return new ObjectMapper().convertValue(this, new TypeReference<Map<String, String>>() {});
    }

    /** Whether there are several windows. */
    boolean marches() {
        return windows > 1;
    }

    /** Statistics that its outputs can be standardised with: over all times, if it is the same in every window. */
    public Normalisation statistics(Normalisation ofEachTime) {
        return marches() ? ofEachTime.overAllTimes() : ofEachTime;
    }

    /** What a march begins with, standardised; without one nothing that is read. */
    float[] initial(Normalisation normalisation) {
        return marches() ? normalisation.initial() : new float[variables];
    }

    /** Channels in: time as a fraction of the window, what is seen of the current, and the state at the window's start. */
    int channelsIn() {
        return 1 + inputs.channels() + (marches() ? variables : 0);
    }

    /**
     * The same for pulses at any time: its layers have no more samples at the beginning, and what it sees of the stimulus tells how
     * long ago each pulse was.
     *
     * @param ofWindows of how many; several have their own latent samples and modes
     */
    public FnoArchitecture forAnyTime(int ofWindows) {
        FnoArchitecture any = new FnoArchitecture(
                width,
                modes,
                layers,
                layer,
                activation,
                paddingFraction,
                variables,
                hidden,
                Inputs.LEAKY,
                ofWindows == 1 ? latentSamples : LATENT_SAMPLES_OF_WINDOW * ofWindows,
                0,
                ofWindows);
        return any.marches() ? any.withModes(any.mostModes(any.latentSamples)) : any;
    }

    private FnoArchitecture withModes(int other) {
        return new FnoArchitecture(
                width,
                other,
                layers,
                layer,
                activation,
                paddingFraction,
                variables,
                hidden,
                inputs,
                latentSamples,
                early,
                windows);
    }

    /** Trainable real numbers; a complex spectral weight counts as two. */
    public long parameterCount() {
        long pointwise = (long) width * width + width;
        long layerSize = 2L * width * width * modes + pointwise * (layer == FourierLayer.MLP ? 3 : 1);
        long lifting = (channelsIn() + 1L) * hidden + (long) hidden * width + width;
        int projected = width + (inputs.reachProjection() ? channelsIn() : 0);
        long projection = (long) projected * hidden + hidden + (long) hidden * variables + variables;
        return lifting + projection + layers * layerSize;
    }

    /** Most modes with which the network has no more parameters than this; below 1: with none. */
    public long modesWithin(long parameters) {
        long perMode = 2L * layers * width * width;
        return Math.floorDiv(parameters - (parameterCount() - perMode * modes), perMode);
    }

    /** Most modes that the Fourier layers can tell apart if the stimulus has so many samples. */
    public int mostModes(int samples) {
        return padded(samples) / 2;
    }

    /**
     * Of stimulus and layers in a window. Of several windows each has the next one's first sample too: there it ends.
     *
     * @param step as a fraction of the horizon
     */
    LatentGrid grids(double step, int samples) {
        int ofWindow = samplesOfWindow(samples) + (marches() ? 1 : 0);
        return new LatentGrid(step * windows, ofWindow, latent(samples), padded(samples), early, windows);
    }

    /** @throws IllegalArgumentException if the windows do not have as many each */
    int samplesOfWindow(int samples) {
        if (samples % windows != 0) {
            throw new IllegalArgumentException(
                    "%d samples are not %d windows of as many each; choose a multiple of %d, or other windows"
                            .formatted(samples, windows, windows));
        }
        return samples / windows;
    }

    /** Whether the Fourier layers run on a grid of their own. */
    boolean hasLatentGrid() {
        return latentSamples != 0;
    }

    /** Samples of the Fourier layers over a window of a horizon that has so many of the stimulus. */
    int latent(int samples) {
        return hasLatentGrid() ? latentSamples / windows : samples;
    }

    /** The same with padding. */
    int padded(int samples) {
        return latent(samples) + (int) Math.round(paddingFraction * latent(samples));
    }
}
