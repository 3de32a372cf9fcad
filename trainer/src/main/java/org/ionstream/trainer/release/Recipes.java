package org.ionstream.trainer.release;

import java.util.Map;
import java.util.Optional;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.trainer.fno.Activation;
import org.ionstream.trainer.fno.FnoArchitecture;
import org.ionstream.trainer.fno.FourierLayer;
import org.ionstream.trainer.fno.Inputs;
import org.ionstream.trainer.fno.Optimiser;
import org.ionstream.trainer.fno.TrainingSettings;

/** Recipes by name: the bundled champions' and the paper's (arXiv 2505.14039, tables 3 and 4 with all digits). */
public enum Recipes {
    /**
     * Of the bundled champions: few channels and many modes, because spikes want resolution in time; layers on a coarser
     * grid, because they need no more samples than a few per mode; trajectories on a fine one, of which a step sees a part;
     * protocols that do not repeat. O'Hara-Rudy's upstrokes are short for its horizon: it has many latent samples where they are.
     */
    CHAMPION(Map.of(
            CellModels.FITZHUGH_NAGUMO_1961.id(),
                    champion(lean(32, 2, 128, Inputs.CURRENT_AND_CHARGE, 128), 3e-3, 1, 16_000),
            CellModels.HODGKIN_HUXLEY_1952.id(),
                    champion(lean(64, 4, 128, Inputs.CURRENT_AND_CHARGE, 160), 2.5e-3, 1, 16_000),
            CellModels.OHARA_RUDY_2011.id(), ofOHaraRudy(),
            CellModels.BEELER_REUTER_1977.id(),
                    champion(lean(48, 8, 64, Inputs.RESOLUTION_FREE, 125), 3e-3, 2, 8_000))),
    /** The paper's networks of about half a million parameters. */
    PAPER_CONSTRAINED(Map.of(
            CellModels.FITZHUGH_NAGUMO_1961.id(),
            paper(net(64, 12, 5, FourierLayer.MLP, Activation.GELU, 5, 2), 0.00169, 0.000476, 0.93),
            CellModels.HODGKIN_HUXLEY_1952.id(),
            paper(net(96, 5, 5, FourierLayer.MLP, Activation.GELU, 7, 4), 0.00764, 0.000514, 0.92),
            CellModels.OHARA_RUDY_2011.id(),
            paper(net(32, 48, 5, FourierLayer.CLASSIC, Activation.GELU, 15, 41), 0.00423, 0.000493, 0.93))),
    /** The paper's networks of 8 to 13 million parameters. */
    PAPER_UNCONSTRAINED(Map.of(
            CellModels.FITZHUGH_NAGUMO_1961.id(),
            paper(net(224, 20, 4, FourierLayer.MLP, Activation.LEAKY_RELU, 15, 2), 0.00062, 0.00097, 0.85),
            CellModels.HODGKIN_HUXLEY_1952.id(),
            paper(net(256, 24, 4, FourierLayer.MLP, Activation.LEAKY_RELU, 15, 4), 0.00044, 0.000749, 0.88),
            CellModels.OHARA_RUDY_2011.id(),
            paper(net(192, 32, 5, FourierLayer.MLP, Activation.GELU, 14, 41), 0.00083, 0.001, 0.93)));

    private final Map<String, Recipe> byCellModel;

    Recipes(Map<String, Recipe> byCellModel) {
        this.byCellModel = byCellModel;
    }

    /** @throws IllegalArgumentException if there is none for this cell model */
    public Recipe of(CellModel cellModel) {
        return Optional.ofNullable(byCellModel.get(cellModel.id()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no training recipe %s for %s; add it to Recipes".formatted(this, cellModel.id())));
    }

    private static FnoArchitecture lean(int modes, int variables, int hidden, Inputs inputs, int latentSamples) {
        return new FnoArchitecture(
                32, modes, 4, FourierLayer.MLP, Activation.GELU, 0.05, variables, hidden, inputs, latentSamples);
    }

    private static Recipe champion(
            FnoArchitecture architecture, double peakLearningRate, int epochsPerSet, int protocols) {
        TrainingSettings training = new TrainingSettings(
                32, 40_000, peakLearningRate, 0.05, 1e-4, 10, 1_000, 1, 1, Optimiser.Kind.SOAP, 0, 0, 5, 0, 0.2, 1);
        return new Recipe(architecture, training, protocols, 1, epochsPerSet, 1260, false, null);
    }

    /** Small responses have no weight of their own: from random numbers that slows the learning, a training that goes on has it. */
    private static Recipe ofOHaraRudy() {
        FnoArchitecture stretched = new FnoArchitecture(
                32, 44, 4, FourierLayer.MLP, Activation.GELU, 0.05, 41, 128, Inputs.LEAKY, 112, 0.05);
        return champion(stretched, 3e-3, 6, 6_800)
                .with(Map.of("training.steps", "55000", "training.excursionWeight", "0", "nearThreshold", "1200"));
    }

    /** @param padding samples, on the paper's grid */
    private static FnoArchitecture net(
            int width, int modes, int layers, FourierLayer layer, Activation activation, int padding, int variables) {
        double fraction = (double) padding / paperSamples(variables);
        return FnoArchitecture.paper(width, modes, layers, layer, activation, fraction, variables);
    }

    /** A thousand epochs of 3000 protocols, the learning rate times gamma every ten. */
    private static Recipe paper(FnoArchitecture architecture, double learningRate, double weightDecay, double gamma) {
        int stepsPerEpoch = 94;
        TrainingSettings training = new TrainingSettings(
                32,
                1_000 * stepsPerEpoch,
                learningRate,
                0,
                weightDecay,
                Double.POSITIVE_INFINITY,
                stepsPerEpoch,
                1,
                1,
                Optimiser.Kind.ADAMW,
                gamma,
                10 * stepsPerEpoch,
                1,
                0,
                0,
                1);
        return new Recipe(architecture, training, 3_000, 1, 0, paperSamples(architecture.variables()), false, null);
    }

    private static int paperSamples(int variables) {
        return variables == CellModels.OHARA_RUDY_2011.variables().size() ? 5040 : 1260;
    }
}
