package org.ionstream.schemas.wire;

/**
 * Sample times 0, step, 2 step, ..., (samples - 1) step.
 *
 * @param stepMs positive
 * @param samples positive
 */
public record TimeGrid(double stepMs, int samples) {
    public TimeGrid {
        if (!(stepMs > 0) || Double.isInfinite(stepMs) || samples < 1) {
            throw new IllegalArgumentException("time grid of %d samples, step %s ms".formatted(samples, stepMs));
        }
    }

    /** All multiples of the step in [0, horizon). */
    public static TimeGrid covering(double horizonMs, double stepMs) {
        return new TimeGrid(stepMs, (int) Math.max(1, Math.ceil(horizonMs / stepMs - 1e-9)));
    }

    public double timeMs(int sample) {
        return sample * stepMs;
    }

    /** End of the last sample's cell, [0, horizon). */
    public double horizonMs() {
        return samples * stepMs;
    }
}
