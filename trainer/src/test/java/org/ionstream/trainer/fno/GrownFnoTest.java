package org.ionstream.trainer.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.ionstream.schemas.wire.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrownFnoTest {
    private static final TimeGrid GRID = new TimeGrid(1, 24);

    @ParameterizedTest
    @CsvSource({
        "CLASSIC, RELU, 3, 1, 2e-6", "MLP, RELU, 2, 1, 2e-6", "MLP, RELU, 4, 5, 2e-6",
        "CLASSIC, GELU, 3, 1, 0.01", "MLP, GELU, 2, 1, 0.01", "MLP, GELU, 4, 5, 0.01"
    })
    void shouldPredictAlmostTheSameWithMoreLayers(
            FourierLayer layer, Activation activation, int layers, int added, float within) {
        FnoParameters network = FnoParameters.random(architecture(layer, activation, layers), 5);

        FnoParameters grown = network.grown(layers + added, 6);

        assertThat(grown.architecture().layers()).isEqualTo(layers + added);
        assertThat(predictions(grown)).containsExactly(predictions(network), within(within));
    }

    @Test
    void shouldLearnWithTheNewLayers() {
        FnoParameters network = FnoParameters.random(architecture(FourierLayer.MLP, Activation.GELU, 2), 5);

        FnoParameters grown = network.grown(3, 6);
        float[] moved = grown.get("fourier.1.mlp.1.weight");
        moved[0] += 0.1f;
        float[] before = predictions(grown);
        grown.set("fourier.1.mlp.1.weight", moved);

        assertThat(predictions(grown)).isNotEqualTo(before);
    }

    @Test
    void shouldRefuseWhatItCannotMakeDeeper() {
        FnoParameters tanh = FnoParameters.random(architecture(FourierLayer.MLP, Activation.TANH, 2), 5);
        FnoParameters one = FnoParameters.random(architecture(FourierLayer.MLP, Activation.GELU, 1), 5);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> tanh.grown(3, 6))
                .withMessageContaining("2 layers with TANH cannot be made deeper");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one.grown(2, 6))
                .withMessageContaining("it needs two layers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tanh.grown(1, 6))
                .withMessageContaining("layers can only be added");
    }

    private static FnoArchitecture architecture(FourierLayer layer, Activation activation, int layers) {
        return new FnoArchitecture(4, 3, layers, layer, activation, 0.2, 2, 16, Inputs.LEAKY, 10, 0.1);
    }

    private static float[] predictions(FnoParameters network) {
        Engine engine = PyTorch.engine(1);
        try (NDManager manager = engine.newBaseManager()) {
            SplittableRandom random = new SplittableRandom(7);
            float[] currents = new float[2 * GRID.samples()];
            for (int i = 0; i < currents.length; i++) {
                currents[i] = (float) random.nextDouble(-1, 1);
            }
            TorchFno fno = new TorchFno(network.architecture(), GRID, GRID.horizonMs(), 1, manager);
            return fno.forward(
                            manager.create(network.values()),
                            manager.create(currents, new Shape(2, 1, GRID.samples())),
                            0)
                    .toFloatArray();
        }
    }
}
