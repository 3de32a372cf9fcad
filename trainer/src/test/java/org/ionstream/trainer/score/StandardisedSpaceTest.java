package org.ionstream.trainer.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.trainer.fno.Normalisation;
import org.junit.jupiter.api.Test;

class StandardisedSpaceTest {
    private static final TimeGrid GRID = new TimeGrid(1, 5);

    /** Mean 2 t and deviation t: the deviation is nothing at t = 0. */
    private final StandardisedSpace space = new StandardisedSpace(
            new Normalisation(GRID, 1, new double[][] {{10, 12, 14, 16, 18}}, new double[][] {{0, 1, 2, 3, 4}}));

    @Test
    void shouldDivideTheDistanceFromTheMeanByTheDeviation() {
        double[][] z = space.of(new float[][] {{10, 13, 14, 13, 22}});

        assertThat(z[0]).containsExactly(0, 1, 0, -1, 1);
    }

    @Test
    void shouldTreatReferencesLikePredictions() {
        ReferenceTrajectory reference =
                new ReferenceTrajectory(null, GRID, new double[] {10}, new float[][] {{0, 3, 4, 3, 12}});

        assertThat(space.of(reference)[0]).containsExactly(0, 1, 0, -1, 1);
    }

    /** z = 1 at every time but the first: in physical units that is a growing excursion, in standardised space a constant. */
    @Test
    void shouldInterpolateInStandardisedSpace() {
        double[][] z = space.interpolated(new float[][] {{10, 13, 16, 19, 22}}, new TimeGrid(0.5, 9));

        assertThat(z[0]).hasSize(9);
        assertThat(z[0][0]).isZero();
        for (int i = 1; i < 9; i++) {
            assertThat(z[0][i]).isCloseTo(1, within(1e-6));
        }
    }
}
