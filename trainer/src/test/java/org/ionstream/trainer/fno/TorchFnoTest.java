package org.ionstream.trainer.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.ionstream.schemas.wire.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TorchFnoTest {
    private static final TimeGrid GRID = new TimeGrid(1, 24);
    private static final float[] INITIAL = {0.3f, -0.2f};

    static Stream<FnoArchitecture> architectures() {
        return Stream.of(
                FnoArchitecture.paper(4, 3, 2, FourierLayer.CLASSIC, Activation.TANH, 0.25, 2),
                FnoArchitecture.paper(4, 3, 2, FourierLayer.MLP, Activation.TANH, 0.25, 2),
                new FnoArchitecture(
                        4, 3, 2, FourierLayer.MLP, Activation.TANH, 0.25, 2, 16, Inputs.CURRENT_AND_CHARGE, 10),
                new FnoArchitecture(
                        4, 3, 2, FourierLayer.MLP, Activation.TANH, 0.25, 2, 16, Inputs.RESOLUTION_FREE, 10),
                new FnoArchitecture(4, 3, 2, FourierLayer.MLP, Activation.TANH, 0.25, 2, 16, Inputs.LEAKY, 10, 0.1),
                new FnoArchitecture(4, 3, 2, FourierLayer.MLP, Activation.TANH, 0.25, 2, 16, Inputs.LEAKY, 32, 0, 4),
                new FnoArchitecture(
                        4, 3, 2, FourierLayer.MLP, Activation.TANH, 0.25, 2, 16, Inputs.RESOLUTION_FREE, 16, 0, 2));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void shouldHaveTheGradientOfFiniteDifferences(FnoArchitecture architecture) {
        Engine engine = PyTorch.engine(1);
        try (NDManager manager = engine.newBaseManager()) {
            TorchFno network = new TorchFno(architecture, GRID, GRID.horizonMs(), 1, INITIAL, manager);
            float[] values = FnoParameters.random(architecture, 5).values().clone();
            NDArray currents = manager.create(randoms(2 * GRID.samples(), 6), new Shape(2, 1, GRID.samples()));

            float[] gradient;
            try (var collector = engine.newGradientCollector()) {
                NDArray vector = manager.create(values);
                vector.setRequiresGradient(true);
                collector.backward(network.forward(vector, currents, 0).square().sum());
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

    @ParameterizedTest
    @MethodSource("architectures")
    void shouldComputeEveryThirdSampleAsAmongAll(FnoArchitecture architecture) {
        Engine engine = PyTorch.engine(1);
        try (NDManager manager = engine.newBaseManager()) {
            NDArray vector =
                    manager.create(FnoParameters.random(architecture, 5).values());
            NDArray currents = manager.create(randoms(2 * GRID.samples(), 6), new Shape(2, 1, GRID.samples()));

            NDArray all = new TorchFno(architecture, GRID, GRID.horizonMs(), 1, INITIAL, manager)
                    .forward(vector, currents, 0);
            TorchFno third = new TorchFno(architecture, GRID, GRID.horizonMs(), 3, INITIAL, manager);

            for (int first = 0; first < 3; first++) {
                assertThat(third.forward(vector, currents, first).toFloatArray())
                        .containsExactly(all.get(":, :, %d::3".formatted(first)).toFloatArray(), within(1e-5f));
            }
        }
    }

    @Test
    void shouldMarchFromTheStateAtTheEndOfEachWindow() {
        FnoArchitecture architecture =
                new FnoArchitecture(4, 3, 2, FourierLayer.MLP, Activation.TANH, 0.25, 2, 16, Inputs.LEAKY, 32, 0, 4);
        Engine engine = PyTorch.engine(1);
        try (NDManager manager = engine.newBaseManager()) {
            TorchFno network = new TorchFno(architecture, GRID, GRID.horizonMs(), 1, INITIAL, manager);
            NDArray vector =
                    manager.create(FnoParameters.random(architecture, 5).values());
            NDArray currents = manager.create(randoms(2 * GRID.samples(), 6), new Shape(2, 1, GRID.samples()));

            NDArray marched = network.forward(vector, currents, 0);
            NDArray starts = marched.get(":, :, ::6").transpose(0, 2, 1);
            NDArray fromStates = network.fromStates(vector, currents, starts, 0)
                    .reshape(2, 24, 2)
                    .transpose(0, 2, 1);

            assertThat(marched.get(":, :, 0").toFloatArray()).containsExactly(0.3f, -0.2f, 0.3f, -0.2f);
            assertThat(marched.get(":, :, 1:").toFloatArray())
                    .containsExactly(fromStates.get(":, :, :23").toFloatArray(), within(1e-5f));
        }
    }

    @Test
    void shouldRefuseAStrideThatDoesNotDivideAWindow() {
        FnoArchitecture architecture =
                new FnoArchitecture(4, 3, 2, FourierLayer.MLP, Activation.TANH, 0.25, 2, 16, Inputs.LEAKY, 32, 0, 4);
        try (NDManager manager = PyTorch.engine(1).newBaseManager()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new TorchFno(architecture, GRID, GRID.horizonMs(), 4, INITIAL, manager))
                    .withMessageContaining("every 4-th sample of windows of 6");
        }
    }

    private static double loss(
            TorchFno network, NDManager manager, NDArray currents, float[] values, int parameter, float shift) {
        float[] shifted = values.clone();
        shifted[parameter] += shift;
        double sum = 0;
        for (float output :
                network.forward(manager.create(shifted), currents, 0).toFloatArray()) {
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
