package org.ionstream.trainer.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.ionstream.schemas.wire.TimeGrid;
import org.junit.jupiter.api.Test;

class NormalisationTest {
    private static final TimeGrid GRID = new TimeGrid(1, 2);
    private static final TrajectorySet TWO = new TrajectorySet(
            GRID, new double[] {10}, new float[][] {{3, 0}, {0, 4}}, new float[][][] {{{0, 1}}, {{0, 7}}});
    private static final LatentGrid.Samples ALL = new LatentGrid.Samples(0, 1, 2);

    @Test
    void shouldTakeMeanAndDeviationAtEachTime() {
        Normalisation normalisation = Normalisation.of(TWO);

        assertThat(normalisation.mean()[0]).containsExactly(10, 14);
        assertThat(normalisation.deviation()[0][0]).as("one value only").isZero();
        assertThat(normalisation.deviation()[0][1]).isCloseTo(Math.sqrt(18) + 1e-5, within(1e-12));
    }

    @Test
    void shouldBeAlikeAtAllTimesButTheFirst() {
        TrajectorySet set = new TrajectorySet(
                new TimeGrid(1, 3), new double[] {10}, new float[][] {{3, 0, 0}, {0, 4, 0}}, new float[][][] {
                    {{0, 1, 4}}, {{0, 7, 4.5f}}
                });
        double[] values = {11, 17, 14, 14.5};
        double mean = Arrays.stream(values).average().orElseThrow();
        double ofTimes = Math.pow(14 - mean, 2) + 18 + Math.pow(14.25 - mean, 2) + 0.125;

        Normalisation normalisation = Normalisation.of(set).overAllTimes();

        assertThat(normalisation.mean()[0]).containsExactly(10, mean, mean);
        assertThat(normalisation.deviation()[0][0]).as("one value only").isZero();
        assertThat(normalisation.deviation()[0][1])
                .isCloseTo(Math.sqrt(ofTimes / 2), within(1e-4))
                .isEqualTo(normalisation.deviation()[0][2]);
        assertThat(normalisation.currentScale()).isEqualTo(Normalisation.of(set).currentScale());
        assertThat(normalisation.isOverAllTimes()).isTrue();
        assertThat(Normalisation.of(set).isOverAllTimes()).isFalse();
    }

    /** Where every training trajectory has the same value, as at t = 0, so has every prediction. */
    @Test
    void shouldLeaveOutWhatHasOneValueOnly() {
        assertThat(Normalisation.of(TWO).spread(ALL)).containsExactly(0, 1);
        assertThat(Normalisation.of(TWO).standardised(0, 0, 12)).isZero();
    }

    @Test
    void shouldScaleCurrentsByTheirSizeWhereTheyAreNotZero() {
        assertThat(Normalisation.of(TWO).currentScale()).isCloseTo((float) Math.sqrt(12.5), within(1e-6f));
    }

    @Test
    void shouldLeaveNoCurrentAsItIs() {
        TrajectorySet still =
                new TrajectorySet(GRID, new double[] {0}, new float[][] {{0, 0}}, new float[][][] {{{0, 0}}});

        assertThat(Normalisation.of(still).currentScale()).isEqualTo(1);
    }

    @Test
    void shouldStandardiseExcursions() {
        float[] target = new float[4];

        Normalisation.of(TWO).standardise(TWO, 1, ALL, target, 1);

        assertThat(target[0]).isZero();
        assertThat(target[1]).isZero();
        assertThat(target[2]).isCloseTo((float) (3 / Math.sqrt(18)), within(1e-5f));
        assertThat(target[3]).isZero();
    }

    @Test
    void shouldStandardiseEveryOtherSample() {
        float[] target = new float[1];
        LatentGrid.Samples second = new LatentGrid.Samples(1, 2, 2);

        Normalisation.of(TWO).standardise(TWO, 0, second, target, 0);

        assertThat(target[0]).isCloseTo((float) (-3 / Math.sqrt(18)), within(1e-5f));
        assertThat(Normalisation.of(TWO).spread(second)).containsExactly(1);
    }

    @Test
    void shouldBeLinearBetweenSamplesAndConstantBeyond() {
        Normalisation coarse =
                new Normalisation(new TimeGrid(1, 3), 2, new double[][] {{0, 2, 6}}, new double[][] {{1, 1, 3}});

        Normalisation fine = coarse.on(new TimeGrid(0.5, 7));

        assertThat(fine.mean()[0]).containsExactly(0, 1, 2, 4, 6, 6, 6);
        assertThat(fine.deviation()[0]).containsExactly(1, 1, 1, 2, 3, 3, 3);
        assertThat(fine.currentScale()).isEqualTo(2);
        assertThat(coarse.on(new TimeGrid(1, 3))).isSameAs(coarse);
    }

    @Test
    void shouldStayAlikeAtAllTimesOnAnotherGrid() {
        Normalisation alike =
                new Normalisation(new TimeGrid(1, 3), 2, new double[][] {{0, 2, 2}}, new double[][] {{0, 3, 3}});

        Normalisation fine = alike.on(new TimeGrid(0.5, 4));

        assertThat(fine.mean()[0]).containsExactly(0, 2, 2, 2);
        assertThat(fine.deviation()[0]).containsExactly(0, 3, 3, 3);
    }
}
