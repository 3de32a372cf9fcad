package org.ionstream.trainer.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.ionstream.schemas.wire.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowLossTest {
    private static final TimeGrid GRID = new TimeGrid(0.5, 48);
    private static final int STRIDE = 3;
    private static final int OF_WINDOW = 12;
    private static final FnoArchitecture ARCHITECTURE =
            new FnoArchitecture(8, 4, 2, FourierLayer.MLP, Activation.GELU, 0.1, 2, 16, Inputs.LEAKY, 32, 0, 4);
    private static final RandomGenerator NONE = new RandomGenerator() {
        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }

        @Override
        public double nextGaussian() {
            return 0;
        }
    };

    private final TrajectorySet set = LinearCells.sample(2, GRID, 1);
    private final Normalisation normalisation = Normalisation.of(set).overAllTimes();

    /** Every third sample from the second on and the end of a window, or from the start, which is not looked at, to the end. */
    @ParameterizedTest
    @CsvSource({"1, 0", "0, 0", "1, 0.5"})
    void shouldBeTheErrorWithinEachWindowFromTheReferenceOn(int first, double excursionWeight) {
        int[] places = first == 0 ? new int[] {3, 6, 9, 12} : new int[] {1, 4, 7, 10, 12};
        try (NDManager manager = PyTorch.engine(1).newBaseManager(Device.cpu())) {
            TorchFno network = new TorchFno(
                    ARCHITECTURE, GRID, GRID.horizonMs(), STRIDE, ARCHITECTURE.initial(normalisation), manager);
            float[] start = FnoParameters.random(ARCHITECTURE, 3).vector();
            NDArray vector = manager.create(start, new Shape(start.length));
            WindowLoss loss = new WindowLoss(network, normalisation, excursionWeight, manager);

            float[] losses =
                    loss.loss(vector, set, new int[] {1, 0}, 1, first, NONE).toFloatArray();

            float[] z = network.fromStates(vector, currents(manager), states(manager), first)
                    .toFloatArray();
            assertThat(losses[0]).isCloseTo((float) expected(z, 1, places, excursionWeight), within(1e-4f));
            assertThat(losses[1]).isCloseTo((float) expected(z, 0, places, excursionWeight), within(1e-4f));
        }
    }

    @Test
    void shouldBeginALittleOff() {
        try (NDManager manager = PyTorch.engine(1).newBaseManager(Device.cpu())) {
            TorchFno network = new TorchFno(
                    ARCHITECTURE, GRID, GRID.horizonMs(), STRIDE, ARCHITECTURE.initial(normalisation), manager);
            float[] start = FnoParameters.random(ARCHITECTURE, 3).vector();
            NDArray vector = manager.create(start, new Shape(start.length));
            WindowLoss loss = new WindowLoss(network, normalisation, 0, manager);
            int[] one = {0};

            float exact = loss.loss(vector, set, one, 1, 0, NONE).getFloat();
            float off =
                    loss.loss(vector, set, one, 1, 0, new SplittableRandom(1)).getFloat();

            assertThat(off).isNotEqualTo(exact).isCloseTo(exact, within(0.01f));
        }
    }

    private double expected(float[] z, int protocol, int[] places, double excursionWeight) {
        double sum = 0;
        for (int variable = 0; variable < 2; variable++) {
            double squares = 0;
            double excursions = 0;
            for (int sample = 1; sample < GRID.samples(); sample++) {
                squares += Math.pow(target(protocol, variable, sample), 2);
                excursions += Math.pow(target(protocol, variable, sample) - target(protocol, variable, 0), 2);
            }
            double weight =
                    Math.sqrt(GRID.samples() / squares) + excursionWeight * Math.sqrt(GRID.samples() / excursions);
            for (int window = 0; window < 4; window++) {
                double differences = 0;
                for (int place = 0; place < places.length; place++) {
                    int sample = window * OF_WINDOW + places[place];
                    float predicted = z[((protocol * 4 + window) * places.length + place) * 2 + variable];
                    boolean beyond = sample == GRID.samples();
                    differences += beyond ? 0 : Math.pow(predicted - target(protocol, variable, sample), 2);
                }
                sum += weight * Math.sqrt(differences / places.length) / 8;
            }
        }
        return sum;
    }

    private double target(int protocol, int variable, int sample) {
        double excursion = set.excursions()[protocol][variable][sample];
        return normalisation.standardised(variable, 1, set.initial()[variable] + excursion);
    }

    private NDArray currents(NDManager manager) {
        float[] scaled = new float[2 * GRID.samples()];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = set.currents()[i / GRID.samples()][i % GRID.samples()] / normalisation.currentScale();
        }
        return manager.create(scaled, new Shape(2, 1, GRID.samples()));
    }

    private NDArray states(NDManager manager) {
        float[] states = new float[2 * 4 * 2];
        for (int i = 0; i < states.length; i++) {
            states[i] = (float) target(i / 8, i % 2, i / 2 % 4 * OF_WINDOW);
        }
        return manager.create(states, new Shape(2, 4, 2));
    }
}
