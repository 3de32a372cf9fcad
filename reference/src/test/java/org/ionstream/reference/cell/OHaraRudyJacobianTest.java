package org.ionstream.reference.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The model against its equations written a second time, values and derivatives. */
class OHaraRudyJacobianTest {
    private static final int STATES = 200;
    private static final double CURRENT = 15;

    @ParameterizedTest
    @EnumSource
    void shouldAgreeWithTheEquationsWrittenASecondTime(VentricularCell cell) {
        OHaraRudy2011 model = OHaraRudy2011.paced(cell);
        double[] derivatives = new double[model.dimension()];
        for (int repeat = 0; repeat < STATES; repeat++) {
            double[] state = OHaraRudyStates.random(model, new Random(repeat));
            Gradient[] expected = differentiated(model, cell, state);

            model.derivatives(CURRENT, state, derivatives);

            for (int row = 0; row < derivatives.length; row++) {
                double value = expected[row].getValue();
                assertThat(derivatives[row])
                        .as("d%s/dt in repeat %d", model.variables().get(row), repeat)
                        .isCloseTo(value, within(1e-11 * Math.abs(value) + 1e-12 * model.scales()[row]));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveTheJacobianThatAutomaticDifferentiationGives(VentricularCell cell) {
        OHaraRudy2011 model = OHaraRudy2011.paced(cell);
        int n = model.dimension();
        for (int repeat = 0; repeat < STATES; repeat++) {
            double[] state = OHaraRudyStates.random(model, new Random(repeat));
            Gradient[] expected = differentiated(model, cell, state);

            model.linearise(CURRENT, state, new double[n]);
            double[][] jacobian = model.denseJacobian();

            for (int row = 0; row < n; row++) {
                for (int column = 0; column < n; column++) {
                    double value = expected[row].getPartialDerivative(column);
                    // rounding of differences, in the units of the row over those of the column
                    double rounding = 1e-7 * model.scales()[row] / model.scales()[column];
                    assertThat(jacobian[row][column])
                            .as(
                                    "%s of %s in repeat %d",
                                    model.variables().get(row),
                                    model.variables().get(column),
                                    repeat)
                            .isCloseTo(value, within(1e-5 * Math.abs(value) + rounding));
                }
            }
        }
    }

    @Test
    void shouldHaveThePublishedPattern() throws IOException {
        OHaraRudy2011 model = new OHaraRudy2011();
        int n = model.dimension();
        Set<String> byDifferentiation = new TreeSet<>();
        Set<String> found = new TreeSet<>();
        for (int repeat = 0; repeat < 20; repeat++) {
            double[] state = OHaraRudyStates.random(model, new Random(repeat));
            Gradient[] expected = differentiated(model, VentricularCell.ENDOCARDIAL, state);
            model.linearise(CURRENT, state, new double[n]);
            double[][] jacobian = model.denseJacobian();
            for (int row = 0; row < n; row++) {
                for (int column = 0; column < n; column++) {
                    String entry = model.variables().get(row) + " of "
                            + model.variables().get(column);
                    if (expected[row].getPartialDerivative(column) != 0) {
                        byDifferentiation.add(entry);
                    }
                    if (jacobian[row][column] != 0) {
                        found.add(entry);
                    }
                }
            }
        }

        assertThat(published()).hasSize(221).isEqualTo(byDifferentiation);
        assertThat(found).isEqualTo(byDifferentiation);
    }

    /** The right-hand side with its partial derivatives by all variables, in the model's order. */
    private static Gradient[] differentiated(OHaraRudy2011 model, VentricularCell cell, double[] state) {
        List<String> names = model.variables();
        Map<String, Gradient> y = new HashMap<>();
        for (int i = 0; i < state.length; i++) {
            y.put(names.get(i), Gradient.variable(state.length, i, state[i]));
        }
        Map<String, Gradient> dy = OHaraRudyField.derivatives(cell, CURRENT, y);
        return names.stream().map(dy::get).toArray(Gradient[]::new);
    }

    private static Set<String> published() throws IOException {
        try (var stream = OHaraRudyJacobianTest.class.getResourceAsStream("/ohara-rudy/jacobian_pattern.json")) {
            JsonNode pattern = new ObjectMapper().readTree(stream);
            Set<String> entries = new TreeSet<>();
            pattern.get("rows")
                    .fields()
                    .forEachRemaining(row -> row.getValue()
                            .forEach(column -> entries.add(OHaraRudyNames.catalogued(row.getKey()) + " of "
                                    + OHaraRudyNames.catalogued(column.asText()))));
            return entries;
        }
    }
}
