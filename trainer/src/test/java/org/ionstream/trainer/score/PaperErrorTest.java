package org.ionstream.trainer.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PaperErrorTest {
    /** A wave of frequency k has weight 1 + k^2 in the paper's H1, so two waves of equal size have a known ratio. */
    @Test
    void shouldWeightFrequenciesAsThePaperDoes() {
        double[] slow = wave(64, 2);
        double[] fast = wave(64, 5);
        double[] sum = new double[64];
        for (int i = 0; i < 64; i++) {
            sum[i] = slow[i] + 0.1 * fast[i];
        }

        PaperError error = PaperError.of(new double[][] {sum}, new double[][] {slow});

        assertThat(error.relativeL2()).isCloseTo(0.1, within(1e-12));
        assertThat(error.relativeH1()).isCloseTo(0.1 * Math.sqrt(26.0 / 5.0), within(1e-12));
    }

    @Test
    void shouldAverageOverVariables() {
        double[][] reference = {{1, 1}, {2, 2}};
        double[][] predicted = {{1, 2}, {2, 2}};

        PaperError error = PaperError.of(predicted, reference);

        assertThat(error.relativeL1()).isCloseTo(0.25, within(1e-12));
        assertThat(error.relativeL2PerVariable()[0]).isCloseTo(Math.sqrt(0.5), within(1e-12));
        assertThat(error.relativeL2PerVariable()[1]).isZero();
    }

    private static double[] wave(int samples, int frequency) {
        double[] wave = new double[samples];
        for (int i = 0; i < samples; i++) {
            wave[i] = Math.sin(2 * Math.PI * frequency * i / samples);
        }
        return wave;
    }
}
