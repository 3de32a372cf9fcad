package org.ionstream.reference.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HodgkinHuxley1952Test {
    private final HodgkinHuxley1952 model = new HodgkinHuxley1952();

    @ParameterizedTest
    @ValueSource(doubles = {10, 25})
    void shouldBeSmoothWhereAnOpeningRateIsZeroOverZero(double V) {
        double[] at = slope(V);
        double[] below = slope(V - 1e-6);
        double[] above = slope(V + 1e-6);

        for (int variable = 0; variable < at.length; variable++) {
            assertThat(at[variable])
                    .isCloseTo((below[variable] + above[variable]) / 2, within(1e-8 * (1 + Math.abs(at[variable]))));
        }
    }

    @Test
    void shouldTakeTheLimitsOfTheOpeningRates() {
        assertThat(slope(25)[1]).isCloseTo(1 * 0.95 - 4 * Math.exp(-25 / 18.0) * 0.05, within(1e-14));
        assertThat(slope(10)[3]).isCloseTo(0.1 * 0.68 - 0.125 * Math.exp(-10 / 80.0) * 0.32, within(1e-14));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-250, -60, 0, 9.99, 10, 24.5, 25, 60, 110})
    void shouldSolveTheLinearSystemThatCentralDifferencesGive(double V) {
        CentralDifferences.assertSolves(model, 7, new double[] {V, 0.3, 0.5, 0.4}, 0.03);
    }

    @Test
    void shouldRejectAStateOfAnotherLength() {
        assertThatThrownBy(() -> new HodgkinHuxley1952(HodgkinHuxley1952.PUBLISHED, 1, 2, 3))
                .hasMessageContaining("3 values");
    }

    private double[] slope(double V) {
        double[] slope = new double[4];
        model.derivatives(0, new double[] {V, 0.05, 0.6, 0.32}, slope);
        return slope;
    }
}
