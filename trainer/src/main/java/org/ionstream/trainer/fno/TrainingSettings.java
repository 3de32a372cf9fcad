package org.ionstream.trainer.fno;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.stream.IntStream;

/**
 * How a network is trained.
 *
 * @param batch protocols per step
 * @param steps in all
 * @param peakLearningRate of the one-cycle schedule
 * @param warmUpFraction of the steps until the peak
 * @param weightDecay decoupled, on all parameters
 * @param largestGradientNorm clipped above; infinite: never
 * @param stepsPerValidation between two looks at the validation set
 * @param seed of the order of protocols
 * @param threads of the engine; with another number the last bits differ
 * @param optimiser null in recipes from before there was a choice: AdamW
 * @param decay the learning rate is multiplied with it every so many steps, as in the paper; 0: one cycle instead
 * @param stepsPerDecay see decay
 * @param stride each step looks at every so manieth sample of the trajectories, beginning with a random one: a fine grid is
 *     learnt at the cost of a coarse one; 0, as in early recipes: 1
 * @param patience looks at the validation set without a better error after which training ends early; 0: never
 * @param excursionWeight of a second error in the loss, relative to how far the protocol moves the cell, so that small
 *     responses count; 0: the paper's error alone
 * @param coarsest each step sees the stimulus averaged over so many samples, or over a divisor of that, by chance: the network
 *     learns every grid from the training grid up to one so much coarser, if its layers have a grid of their own and its inputs
 *     do not depend on the grid; 0, as in early recipes: 1
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TrainingSettings(
        int batch,
        int steps,
        double peakLearningRate,
        double warmUpFraction,
        double weightDecay,
        double largestGradientNorm,
        int stepsPerValidation,
        long seed,
        int threads,
        Optimiser.Kind optimiser,
        double decay,
        int stepsPerDecay,
        int stride,
        int patience,
        double excursionWeight,
        int coarsest) {
    public TrainingSettings {
        optimiser = optimiser == null ? Optimiser.Kind.ADAMW : optimiser;
        stride = Math.max(1, stride);
        coarsest = Math.max(1, coarsest);
        if (stride % coarsest != 0) {
            throw new IllegalArgumentException(
                    "steps look at every %d-th sample and average the stimulus over up to %d; make the former a multiple of the latter"
                            .formatted(stride, coarsest));
        }
        if (batch < 1 || steps < 1 || stepsPerValidation < 1 || threads < 1 || !(peakLearningRate > 0)) {
            throw new IllegalArgumentException(
                    "training with batch %d, %d steps, validation every %d, %d threads, learning rate %s; all must be positive"
                            .formatted(batch, steps, stepsPerValidation, threads, peakLearningRate));
        }
        if (decay < 0 || decay > 1 || decay > 0 && stepsPerDecay < 1) {
            throw new IllegalArgumentException(
                    "learning rate times %s every %d steps; a factor in [0, 1] and at least one step"
                            .formatted(decay, stepsPerDecay));
        }
    }

    /** One cycle of AdamW on all samples. */
    public TrainingSettings(
            int batch,
            int steps,
            double peakLearningRate,
            double warmUpFraction,
            double weightDecay,
            double largestGradientNorm,
            int stepsPerValidation,
            long seed,
            int threads) {
        this(
                batch,
                steps,
                peakLearningRate,
                warmUpFraction,
                weightDecay,
                largestGradientNorm,
                stepsPerValidation,
                seed,
                threads,
                Optimiser.Kind.ADAMW,
                0,
                0,
                1,
                0,
                0,
                1);
    }

    /** In how many samples a step may average the stimulus, from 1 on. */
    int[] averaged() {
        return IntStream.rangeClosed(1, coarsest)
                .filter(samples -> coarsest % samples == 0)
                .toArray();
    }

    /**
     * One cycle: linear up to the peak, then half a cosine down to a thousandth of it (Smith and Topin 2018, arXiv
     * 1708.07120, with the cosine that came into use since). Or the paper's decay in stairs.
     */
    public double learningRate(int step) {
        if (decay > 0) {
            return peakLearningRate * Math.pow(decay, step / stepsPerDecay);
        }
        double progress = (double) step / steps;
        if (progress < warmUpFraction) {
            return peakLearningRate * (0.04 + 0.96 * progress / warmUpFraction);
        }
        double descent = (progress - warmUpFraction) / (1 - warmUpFraction);
        return peakLearningRate * (0.001 + 0.999 * 0.5 * (1 + Math.cos(Math.PI * descent)));
    }
}
