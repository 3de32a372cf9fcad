package org.ionstream.trainer.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;
import org.ionstream.schemas.wire.TimeGrid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FnoLossTest {
    private static final int AVERAGED = 4;
    private static final int STRIDE = 8;
    private static final TimeGrid FINE = new TimeGrid(0.5, 64);
    private static final TimeGrid COARSE = new TimeGrid(0.5 * AVERAGED, 64 / AVERAGED);

    @ParameterizedTest
    @EnumSource(names = {"RESOLUTION_FREE", "LEAKY"})
    void shouldSeeAnAveragedStimulusAsOnTheCoarserGrid(Inputs inputs) {
        FnoArchitecture architecture =
                new FnoArchitecture(8, 6, 2, FourierLayer.MLP, Activation.GELU, 0.1, 2, 16, inputs, 20, 0.1);
        TrajectorySet fine = LinearCells.sample(5, FINE, 1);
        TrajectorySet coarse = coarse(fine);

        double changed = 0;
        for (int first = 0; first < STRIDE; first += AVERAGED) {
            float[] onCoarse = errors(architecture, coarse, STRIDE / AVERAGED, 1, first / AVERAGED);
            float[] asOnCoarse = errors(architecture, fine, STRIDE, AVERAGED, first);
            float[] onFine = errors(architecture, fine, STRIDE, 1, first);

            for (int i = 0; i < fine.size(); i++) {
                // Within a cell the charge is a ramp here and its middle there.
                assertThat(asOnCoarse[i]).isCloseTo(onCoarse[i], within(3e-4f));
                changed += Math.abs(onFine[i] - asOnCoarse[i]) / fine.size();
            }
        }
        assertThat(changed).isGreaterThan(2e-3);
    }

    private static float[] errors(
            FnoArchitecture architecture, TrajectorySet set, int stride, int averaged, int first) {
        Normalisation statistics = Normalisation.of(set);
        Normalisation normalisation = new Normalisation(set.grid(), 2, statistics.mean(), statistics.deviation());
        float[] start = FnoParameters.random(architecture, 3).vector();
        int[] all = IntStream.range(0, set.size()).toArray();
        try (NDManager manager = PyTorch.engine(1).newBaseManager(Device.cpu())) {
            TorchFno network = new TorchFno(
                    architecture, set.grid(), FINE.horizonMs(), stride, architecture.initial(normalisation), manager);
            FnoLoss loss = new FnoLoss(network, stride, normalisation, 0, set, manager);
            NDArray parameters = manager.create(start, new Shape(start.length));
            return loss.error(parameters, set, all, averaged, first).toFloatArray();
        }
    }

    private static TrajectorySet coarse(TrajectorySet fine) {
        float[][] currents = new float[fine.size()][COARSE.samples()];
        float[][][] excursions = new float[fine.size()][fine.variables()][COARSE.samples()];
        for (int protocol = 0; protocol < fine.size(); protocol++) {
            for (int i = 0; i < FINE.samples(); i++) {
                currents[protocol][i / AVERAGED] += fine.currents()[protocol][i] / AVERAGED;
            }
            for (int variable = 0; variable < fine.variables(); variable++) {
                for (int i = 0; i < COARSE.samples(); i++) {
                    excursions[protocol][variable][i] = fine.excursions()[protocol][variable][AVERAGED * i];
                }
            }
        }
        return new TrajectorySet(COARSE, fine.initial(), currents, excursions);
    }
}
