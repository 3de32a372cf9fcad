package org.ionstream.trainer.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.ionstream.schemas.cell.StateVariable;
import org.ionstream.schemas.wire.TimeGrid;
import org.junit.jupiter.api.Test;

class PhysicalErrorTest {
    private static final List<StateVariable> VARIABLES =
            List.of(new StateVariable("V", "mV", -200, 200, 100), new StateVariable("m", "1", -0.5, 1.5, 1));

    /** V rises by 1 and 2 of 100 mV: a response below the threshold, in which an error of 1 mV is half of it. */
    @Test
    void shouldBeRelativeToHoweverLittleTheVariableMoved() {
        PhysicalError error = error(new float[] {-80, -79, -77}, new float[] {0, 1, 2});

        assertThat(error.relativeL1()[0]).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(error.relativeL2()[0]).isCloseTo(1 / Math.sqrt(5), within(1e-12));
        double perSlope2 = Math.pow(3 / (2 * Math.PI), 2);
        assertThat(error.relativeH1()[0]).isCloseTo(Math.sqrt((1 + perSlope2) / (5 + 2 * perSlope2)), within(1e-12));
        assertThat(error.largestDifference()[0]).isEqualTo(1);
    }

    @Test
    void shouldFloorTheExcursionOnTheStream() {
        PhysicalError error = error(new float[] {-80, -79, -77}, new float[] {0, 1, 2});

        assertThat(error.relativeL2OnStream()[0]).isCloseTo(1 / Math.sqrt(3 * 25), within(1e-12));
    }

    @Test
    void shouldNotJudgeAVariableThatRests() {
        PhysicalError error = error(new float[] {-80, -80, -79}, new float[] {0, 0.05f, 0.05f});

        assertThat(error.relativeL2()[0]).isNaN();
        assertThat(error.relativeL2OnStream()[0]).isPositive();
        assertThat(PhysicalError.meanOverMoved(error.relativeL2())).isCloseTo(0.1, within(1e-6));
        assertThat(PhysicalError.meanOverMoved(new double[] {Double.NaN})).isNaN();
    }

    /** The second variable is always 10 % off. */
    private static PhysicalError error(float[] predicted, float[] excursion) {
        ReferenceTrajectory reference = new ReferenceTrajectory(
                null, new TimeGrid(1, 3), new double[] {-80, 0.5}, new float[][] {excursion, {0, 0.1f, 0.2f}});
        return PhysicalError.of(new float[][] {predicted, {0.5f, 0.61f, 0.72f}}, reference, VARIABLES);
    }
}
