package org.ionstream.trainer.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.ModelCard;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxExportTest {
    private static final TimeGrid GRID = new TimeGrid(0.5, 64);
    private static final CellModel CELL = CellModels.FITZHUGH_NAGUMO_1961;

    private final TrajectorySet set = LinearCells.sample(20, GRID, 1);
    private final Normalisation normalisation = Normalisation.of(set);

    @ParameterizedTest
    @CsvSource({
        "CLASSIC, RELU, 0", "CLASSIC, GELU, 0.1", "CLASSIC, TANH, 0.25", "CLASSIC, LEAKY_RELU, 0.1",
        "MLP, RELU, 0.1", "MLP, GELU, 0", "MLP, TANH, 0.1", "MLP, LEAKY_RELU, 0.25"
    })
    void shouldPredictWhatTheTrainingForwardPassDoes(FourierLayer layer, Activation activation, double padding) {
        FnoParameters parameters = FnoParameters.random(architecture(layer, activation, padding), 3);

        float[][][] exported = predict(OnnxExport.export(parameters, normalisation, card(GRID)), set.currents());

        float[][][] trained = forward(parameters);
        double scale = largest(trained);
        for (int protocol = 0; protocol < set.size(); protocol++) {
            for (int variable = 0; variable < 2; variable++) {
                for (int i = 0; i < GRID.samples(); i++) {
                    assertThat((double) exported[protocol][variable][i])
                            .isCloseTo(trained[protocol][variable][i], within(1e-4 * scale));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"CLASSIC, 0", "MLP, 0.1"})
    void shouldGiveTheSameNetworkBack(FourierLayer layer, double padding) {
        FnoArchitecture architecture = architecture(layer, Activation.GELU, padding);
        FnoParameters parameters = FnoParameters.random(architecture, 4);
        OnnxModelFile file = OnnxModelFile.parse(OnnxExport.export(parameters, normalisation, card(GRID)));

        OnnxImport imported = OnnxImport.read(architecture, GRID, file::weights);

        assertThat(imported.parameters().values()).isEqualTo(parameters.values());
        assertThat(imported.normalisation().currentScale()).isEqualTo(normalisation.currentScale());
        assertThat(imported.normalisation().mean()[1][7])
                .isCloseTo(normalisation.mean()[1][7], within(1e-6));
    }

    @Test
    void shouldMeanTheSameOnAFinerGrid() {
        FnoParameters parameters = FnoParameters.random(architecture(FourierLayer.MLP, Activation.GELU, 0.25), 5);
        TimeGrid fine = new TimeGrid(0.25, 128);
        float[] constant = new float[64];
        float[] constantFine = new float[128];
        Arrays.fill(constant, 1);
        Arrays.fill(constantFine, 1);

        float[] coarse =
                predict(OnnxExport.export(parameters, normalisation, card(GRID)), new float[][] {constant})[0][1];
        float[] refined =
                predict(OnnxExport.export(parameters, normalisation, card(fine)), new float[][] {constantFine})[0][1];

        for (int i = 8; i < 56; i++) {
            assertThat((double) refined[2 * i]).isCloseTo(coarse[i], within(0.02 * largest(coarse)));
        }
    }

    private static FnoArchitecture architecture(FourierLayer layer, Activation activation, double padding) {
        return new FnoArchitecture(6, 5, 3, layer, activation, padding, 2);
    }

    private static ModelCard card(TimeGrid grid) {
        return new ModelCard(
                "test",
                CELL.id(),
                CELL.variableNames(),
                CELL.variables().stream().map(variable -> variable.unit()).toList(),
                CELL.stimulusUnit(),
                grid.stepMs(),
                grid.samples(),
                1,
                "{}",
                "{}");
    }

    private static float[][][] predict(byte[] onnx, float[][] currents) {
        var settings = new FnoPredictor.Settings(ComputeDevice.CPU, 1, 8);
        try (FnoPredictor predictor = new FnoPredictor(OnnxModelFile.parse(onnx), settings)) {
            return predictor.predict(currents);
        }
    }

    /** In physical units, by PyTorch. */
    private float[][][] forward(FnoParameters parameters) {
        int samples = GRID.samples();
        float[][][] physical = new float[set.size()][2][samples];
        try (NDManager manager = PyTorch.engine(1).newBaseManager()) {
            TorchFno network = new TorchFno(parameters.architecture(), GRID, manager);
            for (int protocol = 0; protocol < set.size(); protocol++) {
                float[] scaled = set.currents()[protocol].clone();
                for (int i = 0; i < samples; i++) {
                    scaled[i] /= normalisation.currentScale();
                }
                float[] z = network.forward(
                                manager.create(parameters.values()), manager.create(scaled, new Shape(1, 1, samples)))
                        .toFloatArray();
                for (int i = 0; i < 2 * samples; i++) {
                    int variable = i / samples;
                    int sample = i % samples;
                    physical[protocol][variable][sample] =
                            (float) (z[i] * normalisation.deviation()[variable][sample]
                                    + normalisation.mean()[variable][sample]);
                }
            }
        }
        return physical;
    }

    private static double largest(float[][][] values) {
        double largest = 0;
        for (float[][] rows : values) {
            for (float[] row : rows) {
                largest = Math.max(largest, largest(row));
            }
        }
        return largest;
    }

    private static double largest(float[] row) {
        double largest = 0;
        for (float value : row) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
