package org.ionstream.surrogate.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.wire.TimeGrid;
import org.junit.jupiter.api.Test;

class FeatureTest {
    private static final TimeGrid GRID = new TimeGrid(0.5, 8);

    @Test
    void shouldDescribeTheCurrent() {
        double[] features = Feature.ofCurrent(new float[] {0, 2, 2, 0, 0, 1, 0, 0}, GRID);

        assertThat(features[Feature.PEAK_CURRENT.ordinal()]).isCloseTo(Math.log1p(20), within(1e-9));
        assertThat(features[Feature.CHARGE.ordinal()]).isCloseTo(Math.log1p(25), within(1e-9));
        assertThat(features[Feature.ONSET.ordinal()]).isEqualTo(1.0 / 8);
        assertThat(features[Feature.END.ordinal()]).isEqualTo(6.0 / 8);
        assertThat(features[Feature.PULSES.ordinal()]).isEqualTo(Math.log1p(2));
    }

    @Test
    void shouldPlaceNoCurrentBeyondTheHorizon() {
        double[] features = Feature.ofCurrent(new float[8], GRID);

        assertThat(features).containsExactly(0, 0, 1, 0, 0);
    }

    @Test
    void shouldDescribeThePredictedPotential() {
        float[][] predicted = {{0, 1, 2, 1, 0.5f, 0, -0.5f, 0}, new float[8]};
        double excursion = CellModels.FITZHUGH_NAGUMO_1961.variables().get(0).excursion();

        double[] features = Feature.of(new float[8], GRID, predicted, CellModels.FITZHUGH_NAGUMO_1961);

        assertThat(features[Feature.PEAK_POTENTIAL.ordinal()]).isCloseTo(2 / excursion, within(1e-9));
        assertThat(features[Feature.PEAK_TIME.ordinal()]).isEqualTo(2.0 / 8);
        assertThat(features[Feature.LOWEST_POTENTIAL.ordinal()]).isCloseTo(-0.5 / excursion, within(1e-9));
        assertThat(features[Feature.MEAN_POTENTIAL.ordinal()]).isCloseTo(0.5 / excursion, within(1e-9));
        assertThat(features[Feature.LAST_POTENTIAL.ordinal()]).isZero();
        assertThat(features[Feature.UPSTROKE.ordinal()]).isCloseTo(1 / excursion, within(1e-9));
    }
}
