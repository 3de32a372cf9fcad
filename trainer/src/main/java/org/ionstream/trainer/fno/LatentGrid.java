package org.ionstream.trainer.fno;

/**
 * A coarser grid of its own on which the Fourier layers run, whatever grid the stimulus comes on and the trajectory is wanted
 * on: layers cost in proportion to their samples, but the few modes they keep need few. Both ways are constant matrices.
 *
 * @param samples of stimulus and trajectory over the horizon
 * @param latent samples of the layers over the horizon
 * @param padded latent samples with padding
 */
record LatentGrid(int samples, int latent, int padded) {

    /** Means of a signal of cell means over the latent cells, shape [sample][latent sample]. */
    float[] pooling() {
        float[] matrix = new float[samples * latent];
        double ratio = (double) latent / samples;
        for (int i = 0; i < samples; i++) {
            double start = i * ratio;
            double end = (i + 1) * ratio;
            for (int j = (int) start; j < Math.min(latent, Math.ceil(end)); j++) {
                matrix[i * latent + j] = (float) Math.max(0, Math.min(end, j + 1.0) - Math.max(start, j));
            }
        }
        return matrix;
    }

    /** The band-limited signal through the padded latent samples, shape [padded latent sample][sample]. */
    float[] refinement() {
        float[] matrix = new float[padded * samples];
        for (int j = 0; j < padded; j++) {
            for (int i = 0; i < samples; i++) {
                matrix[j * samples + i] = (float) kernel((double) i * latent / samples - j);
            }
        }
        return matrix;
    }

    /** Dirichlet's: 1 at 0, 0 at all other integers, period {@link #padded}. */
    private double kernel(double x) {
        double angle = Math.PI * x / padded;
        double sine = Math.sin(angle);
        if (Math.abs(sine) < 1e-12) {
            return 1;
        }
        double ripple = Math.sin(padded * angle) / (padded * sine);
        return padded % 2 == 0 ? ripple * Math.cos(angle) : ripple;
    }
}
