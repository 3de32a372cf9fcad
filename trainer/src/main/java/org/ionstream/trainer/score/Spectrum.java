package org.ionstream.trainer.score;

/**
 * The discrete Fourier transform of a real signal of any length, X_k = sum x_n exp(-2 pi i k n / N), by splitting off the prime
 * factors of the length one after the other (Cooley and Tukey 1965, DOI 10.1090/S0025-5718-1965-0178586-1). The paper's grids
 * of 1260 and 5040 samples are products of small primes, not powers of two.
 */
final class Spectrum {
    private final int length;
    private final double[] cosine;
    private final double[] sine;

    Spectrum(int length) {
        this.length = length;
        this.cosine = new double[length];
        this.sine = new double[length];
        for (int i = 0; i < length; i++) {
            cosine[i] = Math.cos(2 * Math.PI * i / length);
            sine[i] = Math.sin(2 * Math.PI * i / length);
        }
    }

    /** |X_k|^2 for k = 0 .. N - 1. */
    double[] power(double[] signal) {
        double[] real = new double[length];
        double[] imaginary = new double[length];
        transform(signal, 0, 1, length, real, imaginary, 0);
        for (int k = 0; k < length; k++) {
            real[k] = real[k] * real[k] + imaginary[k] * imaginary[k];
        }
        return real;
    }

    /** Transforms signal[from], signal[from + stride], ... (count of them) into result[to .. to + count). */
    private void transform(
            double[] signal, int from, int stride, int count, double[] real, double[] imaginary, int to) {
        if (count == 1) {
            real[to] = signal[from];
            imaginary[to] = 0;
            return;
        }
        int parts = smallestFactor(count);
        int size = count / parts;
        for (int part = 0; part < parts; part++) {
            transform(signal, from + part * stride, stride * parts, size, real, imaginary, to + part * size);
        }
        double[] partReal = new double[parts];
        double[] partImaginary = new double[parts];
        for (int k = 0; k < size; k++) {
            for (int part = 0; part < parts; part++) {
                partReal[part] = real[to + part * size + k];
                partImaginary[part] = imaginary[to + part * size + k];
            }
            for (int wing = 0; wing < parts; wing++) {
                int frequency = k + wing * size;
                double sumReal = 0;
                double sumImaginary = 0;
                int angle = 0; // part * frequency * stride modulo length
                for (int part = 0; part < parts; part++) {
                    sumReal += partReal[part] * cosine[angle] + partImaginary[part] * sine[angle];
                    sumImaginary += partImaginary[part] * cosine[angle] - partReal[part] * sine[angle];
                    angle += frequency * stride;
                    angle -= angle >= length ? length : 0;
                }
                real[to + frequency] = sumReal;
                imaginary[to + frequency] = sumImaginary;
            }
        }
    }

    private static int smallestFactor(int number) {
        for (int factor = 2; factor * factor <= number; factor++) {
            if (number % factor == 0) {
                return factor;
            }
        }
        return number;
    }
}
