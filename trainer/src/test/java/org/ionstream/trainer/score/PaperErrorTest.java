package org.ionstream.trainer.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaperErrorTest {

    @Test
    void shouldAverageRelativeNormsOverTheVariables() {
        double[][] reference = {{3, 4, 0}, {1, 1, 2}};
        double[][] predicted = {{3, 5, 1}, {1, 0, 2}};

        PaperError error = PaperError.of(predicted, reference);

        double l2OfFirst = Math.sqrt(2) / 5;
        double l2OfSecond = 1 / Math.sqrt(6);
        assertThat(error.relativeL1()).isCloseTo((2.0 / 7 + 1.0 / 4) / 2, within(1e-12));
        assertThat(error.relativeL2PerVariable()[0]).isCloseTo(l2OfFirst, within(1e-12));
        assertThat(error.relativeL2PerVariable()[1]).isCloseTo(l2OfSecond, within(1e-12));
        assertThat(error.relativeL2()).isCloseTo((l2OfFirst + l2OfSecond) / 2, within(1e-12));
    }

    /** A constant has frequency 0 only, where the weight is 1: H1 is L2. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8})
    void shouldHaveEqualNormsForConstants(int samples) {
        PaperError error = error(samples, i -> 0.3, i -> 2);

        assertThat(error.relativeL2()).isCloseTo(0.15, within(1e-12));
        assertThat(error.relativeH1()).isCloseTo(0.15, within(1e-12));
    }

    /** By Parseval the weight of a wave of frequency k is 1 + k^2 of its L2 norm. */
    @ParameterizedTest
    @CsvSource({"64, 3, 2", "63, 3, 2", "64, 32, 1", "65, 32, 5", "64, 1, 0"})
    void shouldWeighEachFrequency(int samples, int ofError, int ofReference) {
        IntToDoubleFunction errorWave = i -> 0.1 * Math.cos(2 * Math.PI * ofError * i / samples);
        IntToDoubleFunction wave = i -> Math.cos(2 * Math.PI * ofReference * i / samples);

        PaperError error = error(samples, errorWave, wave);

        double weights = Math.sqrt((1.0 + ofError * ofError) / (1.0 + ofReference * ofReference));
        assertThat(error.relativeH1()).isCloseTo(error.relativeL2() * weights, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17})
    void shouldEqualTheSumOverAllFrequenciesOfBothSigns(int samples) {
        SplittableRandom random = new SplittableRandom(samples);
        double[] errors = random.doubles(samples, -1, 1).toArray();
        double[] sizes = random.doubles(samples, -3, 3).toArray();

        PaperError error = error(samples, i -> errors[i], i -> sizes[i]);

        assertThat(error.relativeH1()).isCloseTo(Math.sqrt(squaredH1(errors) / squaredH1(sizes)), within(1e-12));
    }

    @Test
    void shouldTakeH1OfAllVariablesTogether() {
        double[][] reference = {{1, 1, 1, 1}, {3, 3, 3, 3}};
        double[][] predicted = {{2, 2, 2, 2}, {3, 3, 3, 3}};

        PaperError error = PaperError.of(predicted, reference);

        assertThat(error.relativeH1()).isCloseTo(Math.sqrt(1.0 / 10), within(1e-12));
        assertThat(error.relativeL2()).isCloseTo(0.5, within(1e-12));
    }

    private static PaperError error(int samples, IntToDoubleFunction difference, IntToDoubleFunction size) {
        double[][] reference = new double[1][samples];
        double[][] predicted = new double[1][samples];
        for (int i = 0; i < samples; i++) {
            reference[0][i] = size.applyAsDouble(i);
            predicted[0][i] = reference[0][i] + difference.applyAsDouble(i);
        }
        return PaperError.of(predicted, reference);
    }

    /** The definition: every frequency from -samples/2 up, each with its own sum. */
    private static double squaredH1(double[] values) {
        int samples = values.length;
        double sum = 0;
        for (int k = -(samples / 2); k < (samples + 1) / 2; k++) {
            double real = 0;
            double imaginary = 0;
            for (int i = 0; i < samples; i++) {
                real += values[i] * Math.cos(2 * Math.PI * k * i / samples);
                imaginary -= values[i] * Math.sin(2 * Math.PI * k * i / samples);
            }
            sum += (1.0 + k * k) * (real * real + imaginary * imaginary);
        }
        return sum;
    }
}
