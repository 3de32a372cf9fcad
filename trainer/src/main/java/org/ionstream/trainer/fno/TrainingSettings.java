package org.ionstream.trainer.fno;

/**
 * How a network is trained.
 *
 * @param batch protocols per step
 * @param steps in all
 * @param peakLearningRate of the one-cycle schedule
 * @param warmUpFraction of the steps until the peak
 * @param weightDecay decoupled, on all parameters
 * @param largestGradientNorm clipped above
 * @param stepsPerValidation between two looks at the validation set
 * @param seed of the order of protocols
 * @param threads of the engine; with another number the last bits differ
 */
public record TrainingSettings(
        int batch,
        int steps,
        double peakLearningRate,
        double warmUpFraction,
        double weightDecay,
        double largestGradientNorm,
        int stepsPerValidation,
        long seed,
        int threads) {
    public TrainingSettings {
        if (batch < 1 || steps < 1 || stepsPerValidation < 1 || threads < 1 || !(peakLearningRate > 0)) {
            throw new IllegalArgumentException(
                    "training with batch %d, %d steps, validation every %d, %d threads, learning rate %s; all must be positive"
                            .formatted(batch, steps, stepsPerValidation, threads, peakLearningRate));
        }
    }

    /**
     * One cycle: linear up to the peak, then half a cosine down to a thousandth of it (Smith and Topin 2018, arXiv
     * 1708.07120, with the cosine that came into use since).
     */
    double learningRate(int step) {
        double progress = (double) step / steps;
        if (progress < warmUpFraction) {
            return peakLearningRate * (0.04 + 0.96 * progress / warmUpFraction);
        }
        double descent = (progress - warmUpFraction) / (1 - warmUpFraction);
        return peakLearningRate * (0.001 + 0.999 * 0.5 * (1 + Math.cos(Math.PI * descent)));
    }
}
