package org.ionstream.reference.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExponentialsTest {

    @Test
    void shouldTabulateExponentialsWithinAndBeyondThePotentialsOfACell() {
        double[][] terms = {{1, 0, 3}, {2.5, 82.9, 6.086}, {1e-5, -40, -3}, {7, 0, Double.POSITIVE_INFINITY}};
        ExponentialTable table = new ExponentialTable(terms);
        double[] values = new double[terms.length];
        for (double V = -200; V < 150; V += 0.0371) {
            table.at(V, values);

            for (int term = 0; term < terms.length; term++) {
                double expected = terms[term][0] * Math.exp((V + terms[term][1]) / terms[term][2]);
                assertThat(values[term] / expected).as("term %d at %s", term, V).isCloseTo(1, within(1e-12));
            }
        }
    }

    @Test
    void shouldPassOnThatAPotentialIsNotANumber() {
        double[] values = new double[1];

        new ExponentialTable(new double[][] {{1, 0, 3}}).at(Double.NaN, values);

        assertThat(values[0]).isNaN();
    }

    @Test
    void shouldBeSmoothWhereTheQuotientIsZeroOverZero() {
        for (double x = -0.3; x < 0.3; x += 1e-3) {
            double expected = Math.abs(x) < 1e-12 ? 1 : x / Math.expm1(x);
            double above = Exponentials.xOverExpm1(x + 1e-5, Math.exp(x + 1e-5));
            double below = Exponentials.xOverExpm1(x - 1e-5, Math.exp(x - 1e-5));

            assertThat(Exponentials.xOverExpm1(x, Math.exp(x))).isCloseTo(expected, within(1e-14));
            assertThat(Exponentials.xOverExpm1Slope(x, Math.exp(x))).isCloseTo((above - below) / 2e-5, within(1e-9));
        }
    }
}
