package org.ionstream.trainer.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeakyIntegralsTest {
    private static final int LATENT = 12;
    private static final double EARLY = 0.05;
    /** As fractions of the horizon. */
    private static final double[] TIME_CONSTANTS = {0.001, 0.004, 0.016, 0.064};

    private static final double PULSE = 0.035;
    /** Time, current, charge and logarithm come before the integrals. */
    private static final int FIRST = 3;

    @ParameterizedTest
    @ValueSource(ints = {200, 600, 211})
    void shouldSolveTheMembraneEquationForAPulse(int samples) {
        NDArray[] seen = seen(samples);

        float[] projected = seen[1].toFloatArray();
        int channels = projected.length / samples;
        for (int i = 0; i < samples; i++) {
            double time = (double) i / samples;
            for (int k = 0; k < TIME_CONSTANTS.length; k++) {
                assertThat((double) projected[i * channels + FIRST + k])
                        .as("time constant %s at %s", TIME_CONSTANTS[k], time)
                        .isCloseTo(charged(time, TIME_CONSTANTS[k], samples), within(1e-5));
            }
        }
    }

    @Test
    void shouldSeeNearlyTheSameMeansOverLatentCellsOnEveryGrid() {
        float[] coarse = seen(200)[0].toFloatArray();

        float[] fine = seen(1800)[0].toFloatArray();

        assertThat(fine).hasSameSizeAs(coarse);
        assertThat(fine).containsExactly(coarse, within(5e-3f));
    }

    @Test
    void shouldApproachAConstantCurrent() {
        LeakyIntegrals integrals = new LeakyIntegrals(1.0 / 100, 100);

        float[] ofConstant = integrals.ofConstant();
        float[] means = LeakyIntegrals.meansOfConstant(new double[] {0, 0.064, 1});

        assertThat(ofConstant[0]).isZero();
        assertThat((double) ofConstant[3 * 100 + 99]).isCloseTo(1 - Math.exp(-0.99 / 0.064), within(1e-6));
        assertThat((double) means[3 * 2]).isCloseTo(Math.exp(-1), within(1e-6));
        assertThat(integrals.block() * integrals.blocks()).isEqualTo(100);
    }

    /** A pulse of 1 from 0 until a time that is within a cell of the coarser grids: there its mean is what a grid can tell. */
    private static NDArray[] seen(int samples) {
        FnoArchitecture architecture =
                new FnoArchitecture(4, 3, 1, FourierLayer.MLP, Activation.GELU, 0, 2, 8, Inputs.LEAKY, LATENT, EARLY);
        try (NDManager manager = PyTorch.engine(1).newBaseManager(Device.cpu())) {
            LatentGrid grids = architecture.grids(1.0 / samples, samples);
            TorchInputs inputs = new TorchInputs(architecture, grids, manager);
            NDArray current = manager.create(pulse(samples), new Shape(1, samples, 1));
            TorchInputs.Seen both = inputs.of(current, signal -> signal);
            NDArray[] seen = {both.lifted(), both.projected()};
            for (NDArray array : seen) {
                array.detach();
            }
            return seen;
        }
    }

    private static float[] pulse(int samples) {
        float[] pulse = new float[samples];
        for (int i = 0; i < samples; i++) {
            pulse[i] = (float) Math.max(0, Math.min(1, PULSE * samples - i));
        }
        return pulse;
    }

    private static double charged(double time, double timeConstant, int samples) {
        double sum = 0;
        float[] pulse = pulse(samples);
        for (int i = 0; i < samples && (i + 0.5) / samples < time; i++) {
            double start = (double) i / samples;
            double end = (i + 1.0) / samples;
            sum += pulse[i] * (Math.exp((end - time) / timeConstant) - Math.exp((start - time) / timeConstant));
        }
        return sum;
    }
}
