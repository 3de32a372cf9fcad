package org.ionstream.trainer.fno;

/**
 * A coarser grid of its own on which the Fourier layers run, whatever grid the stimulus comes on and the trajectory is wanted
 * on: layers cost in proportion to their samples, but the few modes they keep need few. Both ways are constant matrices.
 *
 * @param step from one sample of stimulus and trajectory to the next, as a fraction of the horizon
 * @param samples of stimulus and trajectory; they may end a little before or beyond the horizon
 * @param latent samples of the layers over the horizon
 * @param padded latent samples with padding
 */
record LatentGrid(double step, int samples, int latent, int padded) {

    /** Means of a signal of cell means over the latent cells, shape [sample][latent sample]. */
    float[] pooling() {
        float[] matrix = new float[samples * latent];
        double ratio = latent * step;
        for (int i = 0; i < samples; i++) {
            double start = i * ratio;
            double end = (i + 1) * ratio;
            for (int j = (int) start; j < Math.min(latent, Math.ceil(end)); j++) {
                matrix[i * latent + j] = (float) Math.max(0, Math.min(end, j + 1.0) - Math.max(start, j));
            }
        }
        return matrix;
    }

    /**
     * Every so manieth sample of a trajectory.
     *
     * @param first index of the first one, below the stride
     * @param stride from one to the next
     * @param of samples in all
     */
    record Samples(int first, int stride, int of) {
        int count() {
            return (of - first + stride - 1) / stride;
        }

        int index(int i) {
            return first + i * stride;
        }
    }

    /** {@link #refinement(Samples)} at all samples. */
    float[] refinement() {
        return refinement(new Samples(0, 1, samples));
    }

    /** The band-limited signal through the padded latent samples, shape [padded latent sample][wanted sample]. */
    float[] refinement(Samples wanted) {
        int count = wanted.count();
        float[] matrix = new float[padded * count];
        for (int j = 0; j < padded; j++) {
            for (int i = 0; i < count; i++) {
                matrix[j * count + i] = (float) kernel(wanted.index(i) * step * latent - j);
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
