package org.ionstream.trainer.tuning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ionstream.trainer.fno.Activation;
import org.ionstream.trainer.fno.FourierLayer;
import org.ionstream.trainer.tuning.search.Choice;
import org.ionstream.trainer.tuning.search.Hyperparameter;
import org.ionstream.trainer.tuning.search.Range;
import org.ionstream.trainer.tuning.search.Range.Scale;
import org.ionstream.trainer.tuning.search.SearchSpace;

/**
 * What is searched: the hyperparameters and ranges of the paper (arXiv 2505.14039, section 5, with the digits of its code).
 * Its third Fourier layer, which the paper does not report, is left out. Padding is in fractions of the horizon: up to 15
 * samples of the paper's grid.
 */
public enum HyperparameterSpace {
    /** As in the paper: learning rate and weight decay drawn evenly, nine of ten learning rates above 1e-3. */
    PAPER(Scale.LINEAR, 1e-5, 1e-6),
    /** The same ranges; learning rate and weight decay even on a logarithmic scale, unrounded. */
    LOGARITHMIC(Scale.LOGARITHMIC, 0, 0);

    static final String MODES = "architecture.modes";
    private static final int MOST_PADDING = 15;

    private final Scale scale;
    private final double learningRateStep;
    private final double weightDecayStep;

    HyperparameterSpace(Scale scale, double learningRateStep, double weightDecayStep) {
        this.scale = scale;
        this.learningRateStep = learningRateStep;
        this.weightDecayStep = weightDecayStep;
    }

    /**
     * @param constrained whether the number of parameters is limited: then the modes are not searched, as they follow from it
     * @param samples of the grid that padding is counted on
     */
    SearchSpace of(boolean constrained, int samples) {
        double cell = 1.0 / samples;
        List<Hyperparameter> searched = new ArrayList<>(List.of(
                new Range("training.peakLearningRate", 1e-4, 1e-2, learningRateStep, scale),
                new Range("training.weightDecay", 1e-6, 1e-3, weightDecayStep, scale),
                new Range("training.decay", 0.75, 0.99, 0.01, Scale.LINEAR),
                Range.integers("architecture.layers", 1, 5),
                new Choice("architecture.activation", names(Activation.values())),
                new Choice("architecture.layer", names(FourierLayer.values())),
                new Range("architecture.paddingFraction", 0, MOST_PADDING * cell, cell, Scale.LINEAR)));
        searched.add(
                constrained
                        ? numbers("architecture.width", 4, 8, 16, 32, 48, 64, 80, 96, 112, 128)
                        : numbers("architecture.width", 4, 8, 16, 32, 64, 96, 128, 160, 192, 224, 256));
        if (!constrained) {
            searched.add(numbers(MODES, 2, 4, 8, 12, 16, 20, 24, 28, 32));
        }
        return new SearchSpace(searched);
    }

    private static List<String> names(Enum<?>... values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }

    private static Choice numbers(String name, int... values) {
        return new Choice(name, IntStream.of(values).mapToObj(Integer::toString).toList());
    }
}
