package org.ionstream.trainer.fno;

/**
 * The truncated discrete Fourier transform of real signals as two dense products; on this few modes that is faster than an
 * FFT, exact for any length, and exports to every runtime. Mode k is exp(2 pi i k n / length).
 *
 * @param length samples of the signal, padding included
 * @param modes kept, from 0
 */
record FourierBasis(int length, int modes) {
    FourierBasis {
        if (modes > length / 2) {
            throw new IllegalArgumentException(
                    "%d modes of a signal of %d samples; at most %d: lower the modes or refine the grid"
                            .formatted(modes, length, length / 2));
        }
    }

    /**
     * Signal to coefficients, divided by the length so that coefficients do not depend on the grid.
     *
     * @return shape [sample][2 modes]: real parts, then imaginary parts
     */
    float[] analysis() {
        float[] matrix = new float[length * 2 * modes];
        for (int n = 0; n < length; n++) {
            for (int k = 0; k < modes; k++) {
                matrix[n * 2 * modes + k] = (float) (Math.cos(angle(k, n)) / length);
                matrix[n * 2 * modes + modes + k] = (float) (-Math.sin(angle(k, n)) / length);
            }
        }
        return matrix;
    }

    /**
     * Coefficients back to the signal; modes above 0 stand for their conjugates too.
     *
     * @return shape [2 modes][sample]
     */
    float[] synthesis() {
        float[] matrix = new float[2 * modes * length];
        for (int k = 0; k < modes; k++) {
            double weight = k == 0 ? 1 : 2;
            for (int n = 0; n < length; n++) {
                matrix[k * length + n] = (float) (weight * Math.cos(angle(k, n)));
                matrix[(modes + k) * length + n] = (float) (-weight * Math.sin(angle(k, n)));
            }
        }
        return matrix;
    }

    private double angle(int k, int n) {
        return 2 * Math.PI * ((long) k * n % length) / length;
    }
}
