package org.ionstream.trainer.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TrainingSettingsTest {
    private static final TrainingSettings SETTINGS = new TrainingSettings(8, 1000, 5e-3, 0.1, 1e-4, 1, 10, 1, 1);

    @Test
    void shouldGoThroughOneCycle() {
        assertThat(SETTINGS.learningRate(0)).isCloseTo(0.04 * 5e-3, within(1e-15));
        assertThat(SETTINGS.learningRate(50)).isCloseTo(0.52 * 5e-3, within(1e-15));
        assertThat(SETTINGS.learningRate(100)).isCloseTo(5e-3, within(1e-15));
        assertThat(SETTINGS.learningRate(550)).isCloseTo((0.001 + 0.999 / 2) * 5e-3, within(1e-15));
        assertThat(SETTINGS.learningRate(1000)).isCloseTo(5e-6, within(1e-15));
    }

    @Test
    void shouldRiseUntilThePeakAndFallAfterIt() {
        for (int step = 0; step < 1000; step++) {
            double change = SETTINGS.learningRate(step + 1) - SETTINGS.learningRate(step);

            assertThat(change > 0).as("step %d", step).isEqualTo(step < 100);
        }
    }

    @Test
    void shouldDecayInStairsAsThePaperDoes() {
        TrainingSettings stairs =
                new TrainingSettings(32, 1000, 2e-3, 0, 5e-4, 1, 94, 1, 1, Optimiser.Kind.ADAMW, 0.93, 100, 1, 0, 0, 1);

        assertThat(stairs.learningRate(0)).isEqualTo(2e-3);
        assertThat(stairs.learningRate(99)).isEqualTo(2e-3);
        assertThat(stairs.learningRate(100)).isCloseTo(2e-3 * 0.93, within(1e-15));
        assertThat(stairs.learningRate(999)).isCloseTo(2e-3 * Math.pow(0.93, 9), within(1e-15));
    }

    @Test
    void shouldRefuseNoSteps() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrainingSettings(8, 0, 5e-3, 0.1, 1e-4, 1, 10, 1, 1))
                .withMessageContaining("0 steps");
    }

    @Test
    void shouldAverageTheStimulusOverDivisorsOfTheCoarsest() {
        assertThat(averagedUpTo(10, 20).averaged()).containsExactly(1, 2, 5, 10);
        assertThat(averagedUpTo(0, 3).averaged()).containsExactly(1);
    }

    @Test
    void shouldRefuseToLookWhereTheCoarsestGridHasNoSamples() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> averagedUpTo(4, 6))
                .withMessageContaining("every 6-th sample");
    }

    private static TrainingSettings averagedUpTo(int coarsest, int stride) {
        return new TrainingSettings(
                8, 10, 5e-3, 0.1, 1e-4, 1, 10, 1, 1, Optimiser.Kind.SOAP, 0, 0, stride, 0, 0, coarsest);
    }
}
