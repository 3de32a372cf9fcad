package org.ionstream.trainer.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.ionstream.schemas.wire.TimeGrid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TorchFnoTest {
    private static final TimeGrid GRID = new TimeGrid(1, 24);

    static Stream<FnoArchitecture> architectures() {
        return Stream.of(
                FnoArchitecture.paper(4, 3, 2, FourierLayer.CLASSIC, Activation.TANH, 0.25, 2),
                FnoArchitecture.paper(4, 3, 2, FourierLayer.MLP, Activation.TANH, 0.25, 2),
                new FnoArchitecture(
                        4, 3, 2, FourierLayer.MLP, Activation.TANH, 0.25, 2, 16, Inputs.CURRENT_AND_CHARGE, 10));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void shouldHaveTheGradientOfFiniteDifferences(FnoArchitecture architecture) {
        Engine engine = PyTorch.engine(1);
        try (NDManager manager = engine.newBaseManager()) {
            TorchFno network = new TorchFno(architecture, GRID, manager);
            float[] values = FnoParameters.random(architecture, 5).values().clone();
            NDArray currents = manager.create(randoms(2 * GRID.samples(), 6), new Shape(2, 1, GRID.samples()));

            float[] gradient;
            try (var collector = engine.newGradientCollector()) {
                NDArray vector = manager.create(values);
                vector.setRequiresGradient(true);
                collector.backward(network.forward(vector, currents).square().sum());
                gradient = vector.getGradient().toFloatArray();
            }

            SplittableRandom random = new SplittableRandom(7);
            for (int i = 0; i < 40; i++) {
                int parameter = random.nextInt(values.length);
                float h = 1e-2f;
                double slope = (loss(network, manager, currents, values, parameter, h)
                                - loss(network, manager, currents, values, parameter, -h))
                        / (2 * h);
                assertThat((double) gradient[parameter])
                        .as("parameter %d", parameter)
                        .isCloseTo(slope, within(2e-2 * (1 + Math.abs(slope))));
            }
        }
    }

    /** Counts logged by the paper's authors, and their other configurations by the same formula. */
    @ParameterizedTest
    @CsvSource({
        "64, 12, 5, MLP, 2, 571138",
        "96, 5, 5, MLP, 4, 626180",
        "32, 48, 5, CLASSIC, 41, 510825",
        "224, 20, 4, MLP, 2, 8691298",
        "256, 24, 4, MLP, 4, 13439236",
        "192, 32, 5, MLP, 41, 12407465"
    })
    void shouldHaveThePaperNumberOfParameters(
            int width, int modes, int layers, FourierLayer layer, int variables, long parameters) {
        FnoArchitecture architecture =
                FnoArchitecture.paper(width, modes, layers, layer, Activation.GELU, 0, variables);

        assertThat(architecture.parameterCount()).isEqualTo(parameters);
        assertThat(FnoParameters.zero(architecture).values()).hasSize((int) parameters);
    }

    private static double loss(
            TorchFno network, NDManager manager, NDArray currents, float[] values, int parameter, float shift) {
        float[] shifted = values.clone();
        shifted[parameter] += shift;
        double sum = 0;
        for (float output : network.forward(manager.create(shifted), currents).toFloatArray()) {
            sum += (double) output * output;
        }
        return sum;
    }

    private static float[] randoms(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }
}
