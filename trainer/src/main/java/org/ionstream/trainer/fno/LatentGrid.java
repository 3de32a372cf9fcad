package org.ionstream.trainer.fno;

import java.util.Arrays;

/**
 * A coarser grid of its own on which the Fourier layers run, whatever grid the stimulus comes on and the trajectory is wanted
 * on: layers cost in proportion to their samples, but the few modes they keep need few. Both ways are constant matrices. Where
 * the beginning is stretched, the layers' time is log(1 + t / early) / log(1 + 1 / early) of the horizon instead of t: an upstroke
 * after a pulse at the beginning gets many latent samples, a slow repolarisation few.
 *
 * <p>Of a network that marches, the horizon is here that of a window.
 *
 * @param step from one sample of stimulus and trajectory to the next, as a fraction of the horizon
 * @param samples of stimulus and trajectory; they may end a little before or beyond the horizon
 * @param latent samples of the layers over the horizon
 * @param padded latent samples with padding
 * @param early share of the horizon after which samples are twice as far apart as at the beginning; 0: all alike
 * @param windows in all
 */
record LatentGrid(double step, int samples, int latent, int padded, double early, int windows) {

    /** The layers' time at a time, both as fractions of the horizon. */
    double layersTime(double time) {
        return early == 0 ? time : Math.log1p(time / early) / Math.log1p(1 / early);
    }

    /** The time at a layers' time. */
    private double time(double layersTime) {
        return early == 0 ? layersTime : early * Math.expm1(layersTime * Math.log1p(1 / early));
    }

    /** Where the latent cells begin and the last one ends, as fractions of the horizon. */
    double[] edges() {
        double[] edges = new double[latent + 1];
        for (int j = 0; j <= latent; j++) {
            edges[j] = time((double) j / latent);
        }
        return edges;
    }

    /** What a stimulus leaves behind: time constants are those of the whole horizon. */
    LeakyIntegrals leaky() {
        return new LeakyIntegrals(step / windows, samples);
    }

    /** Of a constant current's leaky integrals, over the latent cells, shape [time constant][latent sample]. */
    float[] leakyMeansOfConstant() {
        return LeakyIntegrals.meansOfConstant(
                Arrays.stream(edges()).map(edge -> edge / windows).toArray());
    }

    /** Means of a signal of cell means over the latent cells, shape [sample][latent sample]. */
    float[] pooling() {
        float[] matrix = new float[samples * latent];
        double[] edges = edges();
        for (int i = 0; i < samples; i++) {
            for (int j = 0; j < latent; j++) {
                double overlap = Math.min((i + 1) * step, edges[j + 1]) - Math.max(i * step, edges[j]);
                matrix[i * latent + j] = (float) (Math.max(0, overlap) / (edges[j + 1] - edges[j]));
            }
        }
        return matrix;
    }

    /** The layers' time at the samples. */
    float[] layersTimes() {
        float[] times = new float[samples];
        for (int i = 0; i < samples; i++) {
            times[i] = (float) layersTime(i * step);
        }
        return times;
    }

    /** The same at the latent samples. */
    float[] latentTimes() {
        float[] times = new float[latent];
        for (int j = 0; j < latent; j++) {
            times[j] = (float) (j * (1.0 / latent));
        }
        return times;
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

    /** The band-limited signal through the padded latent samples, shape [padded latent sample][wanted sample]. */
    float[] refinement(Samples wanted) {
        int count = wanted.count();
        float[] matrix = new float[padded * count];
        for (int j = 0; j < padded; j++) {
            for (int i = 0; i < count; i++) {
                matrix[j * count + i] = (float) kernel(layersTime(wanted.index(i) * step) * latent - j);
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
