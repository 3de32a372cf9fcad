package org.ionstream.trainer.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Score;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.trainer.fno.TrajectorySet;
import org.junit.jupiter.api.Test;

class ExaminationTest {
    private static final double[] INITIAL = {-1.2, -0.6};

    @Test
    void shouldScoreMeanAndMedianOverProtocols() {
        float[][] currents = {{0}, {0.1f}, {0.6f}, {0.3f}};
        float[] excursion = {0, 1, 1, 1};
        float[][][] excursions = new float[4][][];
        for (int i = 0; i < excursions.length; i++) {
            excursions[i] = new float[][] {excursion, excursion};
        }
        TrajectorySet heldOut = new TrajectorySet(new TimeGrid(1, 4), INITIAL, currents, excursions);
        Examination examination = new Examination("held out", CellModels.FITZHUGH_NAGUMO_1961, heldOut);

        Score score = examination.take(ExaminationTest::offByTheCurrent);

        assertThat(score.getHeldOutSet()).isEqualTo("held out");
        assertThat(score.getProtocols()).isEqualTo(4);
        assertThat(score.getMeanRelativeL2()).isCloseTo(0.25, within(1e-6));
        assertThat(score.getMedianRelativeL2()).isCloseTo(0.2, within(1e-6));
    }

    @Test
    void shouldTakeTheMiddleAsMedian() {
        assertThat(Examination.median(new double[] {3, 1, 2})).isEqualTo(2);
        assertThat(Examination.median(new double[] {4, 1, 2, 3})).isEqualTo(2.5);
    }

    /** Predicts the right excursion, too large by the first current. */
    private static float[][][] offByTheCurrent(float[][] currents) {
        float[][][] predicted = new float[currents.length][2][4];
        for (int protocol = 0; protocol < currents.length; protocol++) {
            for (int variable = 0; variable < 2; variable++) {
                for (int i = 0; i < 4; i++) {
                    double excursion = i == 0 ? 0 : 1 + currents[protocol][0];
                    predicted[protocol][variable][i] = (float) (INITIAL[variable] + excursion);
                }
            }
        }
        return predicted;
    }
}
