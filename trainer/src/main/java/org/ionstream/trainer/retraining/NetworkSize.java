package org.ionstream.trainer.retraining;

import org.ionstream.trainer.fno.FnoArchitecture;

/**
 * Least size of the network that a retraining makes; what the champion has less of is added.
 *
 * @param layers Fourier layers; 0: as many as the champion
 * @param latentSamples over the horizon in them; 0: as many as the champion
 */
public record NetworkSize(int layers, int latentSamples) {
    /** The champion's. */
    public static final NetworkSize UNCHANGED = new NetworkSize(0, 0);

    public NetworkSize {
        if (layers < 0 || latentSamples < 0) {
            throw new IllegalArgumentException(
                    "a network of at least %d layers and %d latent samples; neither may be negative"
                            .formatted(layers, latentSamples));
        }
    }

    static NetworkSize of(FnoArchitecture architecture) {
        return new NetworkSize(architecture.layers(), architecture.latentSamples());
    }

    /** A network whose layers run on the stimulus' own grid keeps that. */
    FnoArchitecture atLeast(FnoArchitecture architecture) {
        int latent = architecture.latentSamples();
        return architecture.with(
                Math.max(layers, architecture.layers()), latent == 0 ? 0 : Math.max(latentSamples, latent));
    }
}
