package org.ionstream.trainer.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.release.Candidate;
import org.ionstream.trainer.release.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxExportTest {
    private static final TimeGrid GRID = new TimeGrid(0.5, 40);
    private static final FnoPredictor.Settings CPU = new FnoPredictor.Settings(ComputeDevice.CPU, 1, 4);
    private static final int BATCH = 3;

    static Stream<FnoArchitecture> architectures() {
        FnoArchitecture coarser = new FnoArchitecture(
                6, 5, 3, FourierLayer.MLP, Activation.GELU, 0.13, 2, 16, Inputs.CURRENT_AND_CHARGE, 16);
        FnoArchitecture charged = new FnoArchitecture(
                6, 5, 3, FourierLayer.CLASSIC, Activation.GELU, 0, 2, 128, Inputs.CURRENT_AND_CHARGE, 0);
        FnoArchitecture free = new FnoArchitecture(
                6, 5, 3, FourierLayer.MLP, Activation.GELU, 0.13, 2, 16, Inputs.RESOLUTION_FREE, 16);
        FnoArchitecture leaky =
                new FnoArchitecture(6, 5, 3, FourierLayer.MLP, Activation.GELU, 0.13, 2, 16, Inputs.LEAKY, 16, 0.1);
        FnoArchitecture leakyOnItsGrid =
                new FnoArchitecture(6, 5, 3, FourierLayer.MLP, Activation.GELU, 0.13, 2, 16, Inputs.LEAKY, 0);
        FnoArchitecture marching =
                new FnoArchitecture(6, 5, 3, FourierLayer.MLP, Activation.GELU, 0.13, 2, 16, Inputs.LEAKY, 40, 0, 4);
        return Stream.concat(Stream.of(coarser, charged, free, leaky, leakyOnItsGrid, marching), papers());
    }

    private static Stream<FnoArchitecture> papers() {
        return Arrays.stream(FourierLayer.values())
                .flatMap(layer -> Arrays.stream(Activation.values())
                        .flatMap(activation -> Stream.of(0.0, 0.13)
                                .map(padding -> FnoArchitecture.paper(6, 5, 3, layer, activation, padding, 2))));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void shouldPredictWhatTrainingPredicts(FnoArchitecture architecture) {
        Candidate candidate = candidate(architecture);
        float[][] currents = currents(GRID);

        float[][][] predicted = predict(candidate.toOnnx(1), currents);

        float[][][] expected = forward(candidate, currents);
        double scale = largest(expected);
        for (int protocol = 0; protocol < BATCH; protocol++) {
            for (int variable = 0; variable < 2; variable++) {
                for (int i = 0; i < GRID.samples(); i++) {
                    assertThat((double) predicted[protocol][variable][i])
                            .isCloseTo(expected[protocol][variable][i], within(1e-4 * scale));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void shouldComeBackBitForBit(FnoArchitecture architecture) {
        Candidate candidate = candidate(architecture);

        Candidate restored = Candidate.of(OnnxModelFile.parse(candidate.toOnnx(1)));

        assertThat(restored.parameters().values())
                .isEqualTo(candidate.parameters().values());
        assertThat(restored.modelId()).isEqualTo(candidate.modelId());
        assertThat(restored.recipe()).isEqualTo(candidate.recipe());
        assertThat(restored.normalisation().grid()).isEqualTo(GRID);
        assertThat(restored.normalisation().currentScale())
                .isEqualTo(candidate.normalisation().currentScale());
        assertThat(restored.normalisation().mean()[1][7])
                .isEqualTo((float) candidate.normalisation().mean()[1][7]);
        assertThat(Candidate.of(OnnxModelFile.parse(restored.toOnnx(1))).toOnnx(1))
                .isEqualTo(restored.toOnnx(1));
    }

    static Stream<FnoArchitecture> architecturesForAnyGrid() {
        return Stream.of(
                FnoArchitecture.paper(6, 3, 2, FourierLayer.MLP, Activation.GELU, 0.25, 2),
                new FnoArchitecture(
                        6, 3, 2, FourierLayer.MLP, Activation.GELU, 0.25, 2, 16, Inputs.CURRENT_AND_CHARGE, 20),
                new FnoArchitecture(
                        6, 3, 2, FourierLayer.MLP, Activation.GELU, 0.25, 2, 16, Inputs.RESOLUTION_FREE, 20),
                new FnoArchitecture(6, 3, 2, FourierLayer.MLP, Activation.GELU, 0.25, 2, 16, Inputs.LEAKY, 20, 0.1));
    }

    @ParameterizedTest
    @MethodSource("architecturesForAnyGrid")
    void shouldPredictNearlyTheSameOnAFinerGrid(FnoArchitecture architecture) {
        Candidate candidate = new Candidate(
                CellModels.FITZHUGH_NAGUMO_1961,
                FnoParameters.random(architecture, 9),
                smooth(GRID),
                recipe(architecture),
                "{}");
        TimeGrid finer = new TimeGrid(GRID.stepMs() / 4, 4 * GRID.samples());

        float[][][] coarse = predict(candidate.toOnnx(1), smoothCurrents(GRID));
        float[][][] fine = predict(candidate.toOnnx(finer, 1), smoothCurrents(finer));

        double scale = largest(coarse);
        for (int i = 0; i < GRID.samples(); i++) {
            assertThat((double) fine[0][0][4 * i]).as("sample %d", i).isCloseTo(coarse[0][0][i], within(0.02 * scale));
        }
    }

    @Test
    void shouldRefuseAGridThatWindowsDoNotDivide() {
        FnoArchitecture marching =
                new FnoArchitecture(6, 5, 3, FourierLayer.MLP, Activation.GELU, 0.13, 2, 16, Inputs.LEAKY, 40, 0, 4);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> candidate(marching)
                        .interpolatedOn(new TimeGrid(20.0 / 42, 42))
                        .toOnnx(1))
                .withMessageContaining("42 samples are not 4 windows of as many each; choose a multiple of 4");
    }

    @Test
    void shouldRefuseToImportAnotherArchitecture() {
        FnoArchitecture architecture = architectures().findFirst().orElseThrow();
        FnoArchitecture wider = FnoArchitecture.paper(7, 5, 3, FourierLayer.CLASSIC, Activation.RELU, 0, 2);
        OnnxModelFile file = OnnxModelFile.parse(candidate(architecture).toOnnx(1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxImport.read(wider, GRID, file::weights))
                .withMessageContaining("was not exported by this trainer");
    }

    @Test
    void shouldNameAModelAfterItsWeights() {
        FnoArchitecture architecture = architectures().findFirst().orElseThrow();
        Candidate candidate = candidate(architecture);
        float[] other = candidate.parameters().vector();
        other[17] += 1e-3f;

        Candidate changed = new Candidate(
                candidate.cellModel(),
                FnoParameters.of(architecture, other),
                candidate.normalisation(),
                candidate.recipe(),
                candidate.provenance());

        assertThat(candidate.modelId())
                .matches("fitzhugh-nagumo-1961-[0-9a-f]{8}")
                .isEqualTo(candidate(architecture).modelId());
        assertThat(changed.modelId()).isNotEqualTo(candidate.modelId());
    }

    /** Larger weights than a network starts with, so that every part of it shows in the output. */
    private static Candidate candidate(FnoArchitecture architecture) {
        SplittableRandom random = new SplittableRandom(1);
        float[] values = new float[(int) architecture.parameterCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-0.4, 0.4);
        }
        double[][] mean = new double[2][GRID.samples()];
        double[][] deviation = new double[2][GRID.samples()];
        for (int i = 0; i < GRID.samples(); i++) {
            for (int variable = 0; variable < 2; variable++) {
                mean[variable][i] = random.nextDouble(-1, 1);
                deviation[variable][i] = i == 0 ? 0 : random.nextDouble(0.5, 2);
            }
        }
        return new Candidate(
                CellModels.FITZHUGH_NAGUMO_1961,
                FnoParameters.of(architecture, values),
                architecture.statistics(new Normalisation(GRID, 0.7f, mean, deviation)),
                recipe(architecture),
                "{}");
    }

    private static Recipe recipe(FnoArchitecture architecture) {
        return new Recipe(
                architecture, new TrainingSettings(4, 10, 1e-3, 0.1, 0, 1, 5, 1, 1), 10, 1, 0, 0, false, null);
    }

    private static Normalisation smooth(TimeGrid grid) {
        double[][] mean = new double[2][grid.samples()];
        double[][] deviation = new double[2][grid.samples()];
        for (int i = 0; i < grid.samples(); i++) {
            double phase = grid.timeMs(i) / grid.horizonMs();
            deviation[0][i] = 1;
            deviation[1][i] = 1;
            mean[0][i] = Math.sin(phase);
            mean[1][i] = phase;
        }
        return new Normalisation(grid, 1, mean, deviation);
    }

    private static float[][] smoothCurrents(TimeGrid grid) {
        float[][] currents = new float[1][grid.samples()];
        for (int i = 0; i < grid.samples(); i++) {
            currents[0][i] = (float) Math.pow(Math.sin(Math.PI * grid.timeMs(i) / grid.horizonMs()), 2);
        }
        return currents;
    }

    private static float[][] currents(TimeGrid grid) {
        SplittableRandom random = new SplittableRandom(2);
        float[][] currents = new float[BATCH][grid.samples()];
        for (float[] row : currents) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.nextDouble(-1, 1);
            }
        }
        return currents;
    }

    private static float[][][] predict(byte[] onnx, float[][] currents) {
        try (FnoPredictor predictor = new FnoPredictor(OnnxModelFile.parse(onnx), CPU)) {
            return predictor.predict(currents);
        }
    }

    /** The forward pass of training, brought to physical units. */
    private static float[][][] forward(Candidate candidate, float[][] currents) {
        FnoArchitecture architecture = candidate.parameters().architecture();
        Normalisation normalisation = candidate.normalisation();
        float[] scaled = new float[currents.length * GRID.samples()];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = currents[i / GRID.samples()][i % GRID.samples()] / normalisation.currentScale();
        }
        float[] standardised;
        try (NDManager manager = PyTorch.engine(1).newBaseManager(ai.djl.Device.cpu())) {
            TorchFno network =
                    new TorchFno(architecture, GRID, GRID.horizonMs(), 1, architecture.initial(normalisation), manager);
            NDArray input = manager.create(scaled, new Shape(currents.length, 1, GRID.samples()));
            standardised = network.forward(manager.create(candidate.parameters().vector()), input, 0)
                    .toFloatArray();
        }
        float[][][] physical = new float[currents.length][2][GRID.samples()];
        int next = 0;
        for (float[][] protocol : physical) {
            for (int variable = 0; variable < 2; variable++) {
                for (int i = 0; i < GRID.samples(); i++) {
                    protocol[variable][i] =
                            (float) (standardised[next++] * normalisation.deviation()[variable][i]
                                    + normalisation.mean()[variable][i]);
                }
            }
        }
        return physical;
    }

    private static double largest(float[][][] values) {
        double largest = 0;
        for (float[][] rows : values) {
            for (float[] row : rows) {
                for (float value : row) {
                    largest = Math.max(largest, Math.abs(value));
                }
            }
        }
        return largest;
    }
}
