package org.ionstream.trainer.score;

/**
 * The paper's error: trajectories are standardised at each time by mean and deviation of its training set, then relative L1
 * and L2 per variable and relative H1 over all variables, discrete norms, mean over protocols (arXiv 2505.14039, section 4;
 * H1 by the discrete Fourier transform with weights 1 + k^2).
 *
 * @param relativeL1 mean over the variables
 * @param relativeL2 mean over the variables
 * @param relativeH1 of all variables together
 * @param relativeL2PerVariable in catalogue order
 */
public record PaperError(double relativeL1, double relativeL2, double relativeH1, double[] relativeL2PerVariable) {

    /** @param predicted and {@code reference}: standardised, shape [variable][sample] */
    public static PaperError of(double[][] predicted, double[][] reference) {
        int variables = reference.length;
        double sum1 = 0;
        double[] perVariable = new double[variables];
        double sum2 = 0;
        double errorH1 = 0;
        double sizeH1 = 0;
        for (int variable = 0; variable < variables; variable++) {
            double[] size = reference[variable];
            double[] error = new double[size.length];
            for (int i = 0; i < error.length; i++) {
                error[i] = predicted[variable][i] - size[i];
            }
            sum1 += norm1(error) / norm1(size);
            perVariable[variable] = norm2(error) / norm2(size);
            sum2 += perVariable[variable];
            errorH1 += squaredH1(error);
            sizeH1 += squaredH1(size);
        }
        return new PaperError(sum1 / variables, sum2 / variables, Math.sqrt(errorH1 / sizeH1), perVariable);
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

    /** Sum over all integer frequencies of (1 + k^2) |coefficient|^2, by the plain transform: any length, exact. */
    private static double squaredH1(double[] values) {
        int length = values.length;
        double[] cosine = new double[length];
        double[] sine = new double[length];
        for (int i = 0; i < length; i++) {
            cosine[i] = Math.cos(2 * Math.PI * i / length);
            sine[i] = Math.sin(2 * Math.PI * i / length);
        }
        double sum = 0;
        for (int k = 0; k <= length / 2; k++) {
            double real = 0;
            double imaginary = 0;
            int angle = 0;
            for (double value : values) {
                real += value * cosine[angle];
                imaginary -= value * sine[angle];
                angle += k;
                angle = angle >= length ? angle - length : angle;
            }
            boolean ownConjugate = k == 0 || 2 * k == length;
            sum += (ownConjugate ? 1 : 2) * (1 + (double) k * k) * (real * real + imaginary * imaginary);
        }
        return sum;
    }
}
