package org.ionstream.trainer.score;

/**
 * The paper's error: trajectories are standardised at each time by mean and deviation of its training set, then relative L1
 * and L2 per variable and relative H1 over all variables, discrete norms, mean over protocols (arXiv 2505.14039, section 4;
 * H1 by the discrete Fourier transform with weights 1 + k^2).
 *
 * @param relativeL1 mean over the variables
 * @param relativeL2 mean over the variables
 * @param relativeH1 of all variables together
 * @param relativeL1PerVariable in catalogue order
 * @param relativeL2PerVariable in catalogue order
 * @param relativeH1PerVariable in catalogue order; the paper has none
 */
public record PaperError(
        double relativeL1,
        double relativeL2,
        double relativeH1,
        double[] relativeL1PerVariable,
        double[] relativeL2PerVariable,
        double[] relativeH1PerVariable) {

    /** @param predicted and {@code reference}: standardised, shape [variable][sample] */
    public static PaperError of(double[][] predicted, double[][] reference) {
        int variables = reference.length;
        double[] l1 = new double[variables];
        double[] l2 = new double[variables];
        double[] h1 = new double[variables];
        double errorH1 = 0;
        double sizeH1 = 0;
        Spectrum spectrum = new Spectrum(reference[0].length);
        for (int variable = 0; variable < variables; variable++) {
            double[] size = reference[variable];
            double[] error = new double[size.length];
            for (int i = 0; i < error.length; i++) {
                error[i] = predicted[variable][i] - size[i];
            }
            l1[variable] = norm1(error) / norm1(size);
            l2[variable] = norm2(error) / norm2(size);
            double error2 = squaredH1(spectrum.power(error));
            double size2 = squaredH1(spectrum.power(size));
            h1[variable] = Math.sqrt(error2 / size2);
            errorH1 += error2;
            sizeH1 += size2;
        }
        return new PaperError(mean(l1), mean(l2), Math.sqrt(errorH1 / sizeH1), l1, l2, h1);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double norm1(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += Math.abs(value);
        }
        return sum;
    }

    private static double norm2(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    /** Sum over all integer frequencies, folded into [-N/2, N/2), of (1 + k^2) |coefficient|^2. */
    private static double squaredH1(double[] power) {
        double sum = 0;
        for (int i = 0; i < power.length; i++) {
            double k = 2 * i < power.length ? i : i - power.length;
            sum += (1 + k * k) * power[i];
        }
        return sum;
    }
}
