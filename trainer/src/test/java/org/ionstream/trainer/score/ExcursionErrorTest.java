package org.ionstream.trainer.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.ionstream.schemas.cell.StateVariable;
import org.junit.jupiter.api.Test;

class ExcursionErrorTest {
    private static final StateVariable V = new StateVariable("V", "mV", -200, 200, 100);

    @Test
    void shouldBeRelativeToTheWayFromTheInitialState() {
        float[] reference = {-80, -60, 20, -80};
        float[] predicted = {-80, -65, 30, -70};

        ExcursionError error = ExcursionError.of(predicted, reference, V);

        double perSlope2 = Math.pow(4 / (2 * Math.PI), 2);
        double errors = 25 + 100 + 100;
        double excursions = 400 + 10_000;
        double errorSlopes = 25 + 225 + 0;
        double slopes = 400 + 6400 + 10_000;
        assertThat(error.relativeL1()).isCloseTo(25.0 / 120, within(1e-12));
        assertThat(error.relativeL2()).isCloseTo(Math.sqrt(errors / excursions), within(1e-12));
        assertThat(error.relativeH1())
                .isCloseTo(
                        Math.sqrt((errors + perSlope2 * errorSlopes) / (excursions + perSlope2 * slopes)),
                        within(1e-12));
        assertThat(error.largestDifference()).isEqualTo(10);
    }

    @Test
    void shouldBeZeroForAPerfectPrediction() {
        float[] reference = {-80, -60, 20, -80};

        assertThat(ExcursionError.of(reference, reference, V)).isEqualTo(new ExcursionError(0, 0, 0, 0));
    }

    @Test
    void shouldNotDivideByNothingWhenTheCellStaysAtRest() {
        float[] reference = {-80, -80, -80, -80};
        float[] predicted = {-79, -79, -79, -79};

        ExcursionError error = ExcursionError.of(predicted, reference, V);

        assertThat(error.relativeL1()).isCloseTo(0.2, within(1e-12));
        assertThat(error.relativeL2()).isCloseTo(0.2, within(1e-12));
        assertThat(error.relativeH1()).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void shouldNotDependOnTheSizeOfAnOffset() {
        float[] reference = {0, 1, 2, 1};
        float[] predicted = {0, 1.5f, 2, 1};
        float[] referenceAtRest = {-80, -79, -78, -79};
        float[] predictedAtRest = {-80, -78.5f, -78, -79};

        assertThat(ExcursionError.of(predictedAtRest, referenceAtRest, V))
                .isEqualTo(ExcursionError.of(predicted, reference, V));
    }

    @Test
    void shouldAverageOverTheVariables() {
        float[][] reference = {{-80, -60, 20, -80}, {0, 50, 50, 50}};
        float[][] predicted = {{-80, -60, 20, -80}, {0, 55, 55, 55}};

        double mean = ExcursionError.meanRelativeL2(predicted, reference, List.of(V, V));

        assertThat(mean).isCloseTo(0.05, within(1e-12));
    }
}
