package org.ionstream.trainer.fno;

/**
 * What a current leaves behind in membranes that forget it with one time constant each: ds/dt = (I - s) / tau, s(0) = 0, solved
 * exactly for a current that is constant over each cell of the grid. A recursion over samples, written as products so that no
 * graph needs a loop: within blocks of samples, from the end of a block to the starts of those behind it, and from a start on.
 *
 * @param step from one sample to the next, as a fraction of the horizon
 * @param samples of the current
 */
record LeakyIntegrals(double step, int samples) {
    /** As fractions of the horizon: 0.1 to 6.4 ms of 100, 0.5 to 32 ms of 500. */
    private static final double[] TIME_CONSTANTS = {0.001, 0.004, 0.016, 0.064};

    /** Time constants. */
    static int count() {
        return TIME_CONSTANTS.length;
    }

    /** Samples of a block: what divides all of them most evenly. */
    int block() {
        int block = 1;
        for (int divisor = 1; divisor * divisor <= samples; divisor++) {
            block = samples % divisor == 0 ? divisor : block;
        }
        return block;
    }

    int blocks() {
        return samples / block();
    }

    /** Of a constant current of 1 at the starts of the samples, shape [time constant][sample]. */
    float[] ofConstant() {
        return filled(1, samples, (kept, row, sample) -> 1 - Math.pow(kept, sample));
    }

    /** The mean of a constant current's over each of some cells, shape [time constant][cell]. */
    static float[] meansOfConstant(double[] edges) {
        int cells = edges.length - 1;
        float[] means = new float[count() * cells];
        for (int i = 0; i < means.length; i++) {
            double timeConstant = TIME_CONSTANTS[i / cells];
            double start = edges[i % cells];
            double duration = edges[i % cells + 1] - start;
            double missing = -Math.expm1(-duration / timeConstant) * timeConstant / duration;
            means[i] = (float) (1 - Math.exp(-start / timeConstant) * missing);
        }
        return means;
    }

    /** To the start of a sample from those before it in its block, shape [time constant][from][to]. */
    float[] within() {
        return filled(block(), block(), (kept, from, to) -> from < to ? (1 - kept) * Math.pow(kept, to - 1 - from) : 0);
    }

    /** To the end of a block from its samples, shape [time constant][from][1]. */
    float[] ends() {
        int block = block();
        return filled(block, 1, (kept, from, to) -> (1 - kept) * Math.pow(kept, block - 1 - from));
    }

    /** To the start of a block from the ends of those before it, shape [time constant][to][from]. */
    float[] carries() {
        int block = block();
        return filled(blocks(), blocks(), (kept, to, from) -> from < to ? Math.pow(kept, block * (to - 1 - from)) : 0);
    }

    /** To the start of a sample from that of its block, shape [time constant][1][to]. */
    float[] decays() {
        return filled(1, block(), (kept, from, to) -> Math.pow(kept, to));
    }

    /** Share of what is there at the start of a cell, not of the cell's current, in the mean over the cell; one per time constant. */
    float[] startShares() {
        return filled(1, 1, (kept, from, to) -> (1 - kept) / -Math.log(kept));
    }

    private interface Entry {
        /** @param kept over one sample */
        double at(double kept, int row, int column);
    }

    private float[] filled(int rows, int columns, Entry entry) {
        float[] values = new float[count() * rows * columns];
        int next = 0;
        for (double timeConstant : TIME_CONSTANTS) {
            double kept = Math.exp(-step / timeConstant);
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    values[next++] = (float) entry.at(kept, row, column);
                }
            }
        }
        return values;
    }
}
