package org.ionstream.reference.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.ionstream.reference.truth.OHaraRudyNames;
import org.ionstream.schemas.cell.CellModels;
import org.junit.jupiter.api.Test;

class OHaraRudy2011Test {
    private static final Map<String, VentricularCell> CELLS = Map.of(
            "endo", VentricularCell.ENDOCARDIAL,
            "epi", VentricularCell.EPICARDIAL,
            "M", VentricularCell.MIDMYOCARDIAL);

    private final OHaraRudy2011 model = new OHaraRudy2011();

    @Test
    void shouldHaveTheCataloguesVariables() {
        assertThat(model.variables())
                .containsExactlyInAnyOrderElementsOf(CellModels.OHARA_RUDY_2011.variableNames())
                .hasSize(model.dimension());
    }

    @Test
    void shouldAgreeWithIndependentEvaluationsOfTheRightHandSide() {
        JsonNode vectors = json("/ohara-rudy/rhs_vectors.json");
        int[] place = places(vectors.get("order"));
        for (JsonNode vector : vectors.get("cases")) {
            OHaraRudy2011 variant =
                    OHaraRudy2011.paced(CELLS.get(vector.get("celltype").asText()));
            double[] expected = arranged(vector.get("dydt"), place);
            double[] actual = new double[variant.dimension()];

            variant.derivatives(vector.get("I_app").asDouble(), arranged(vector.get("y"), place), actual);

            for (int i = 0; i < actual.length; i++) {
                assertThat(actual[i])
                        .as(
                                "%s, %s, d%s/dt",
                                vector.get("description"),
                                vector.get("celltype"),
                                variant.variables().get(i))
                        .isCloseTo(expected[i], within(1e-10 * Math.abs(expected[i]) + rounding(i)));
            }
        }
    }

    @Test
    void shouldAgreeWithIndependentEvaluationsWithOtherParameters() {
        JsonNode vectors = json("/ohara-rudy/parameter_vectors.json");
        int[] place = places(vectors.get("order"));
        Set<String> changed = new TreeSet<>();
        for (JsonNode vector : vectors.get("cases")) {
            Map<String, Double> parameters = new TreeMap<>();
            vector.get("parameters")
                    .fields()
                    .forEachRemaining(parameter -> parameters.put(
                            parameter.getKey(), parameter.getValue().asDouble()));
            changed.addAll(parameters.keySet());
            double[] state = arranged(vector.get("y"), place);
            OHaraRudy2011 cell = new OHaraRudy2011(
                    CELLS.get(vector.get("celltype").asText()), OHaraRudy2011.PUBLISHED.with(parameters), state);
            double[] expected = arranged(vector.get("dydt"), place);
            double[] actual = new double[cell.dimension()];
            double[] published = new double[cell.dimension()];

            cell.derivatives(vector.get("I_app").asDouble(), state, actual);

            model.derivatives(vector.get("I_app").asDouble(), state, published);
            assertThat(actual).as("with %s", parameters).isNotEqualTo(published);
            for (int i = 0; i < actual.length; i++) {
                assertThat(actual[i])
                        .as("d%s/dt with %s", cell.variables().get(i), parameters)
                        .isCloseTo(expected[i], within(1e-10 * Math.abs(expected[i]) + rounding(i)));
            }
        }
        assertThat(changed).isEqualTo(OHaraRudy2011.PUBLISHED.values().keySet());
    }

    @Test
    void shouldStartFromBothPublishedStates() {
        JsonNode vectors = json("/ohara-rudy/rhs_vectors.json");
        int[] place = places(vectors.get("order"));
        double[] paced = arranged(vectors.get("cases").get(0).get("y"), place);
        double[] unpaced = arranged(vectors.get("cases").get(3).get("y"), place);

        assertThat(OHaraRudy2011.paced(VentricularCell.ENDOCARDIAL).initialState())
                .isEqualTo(paced);
        assertThat(OHaraRudy2011.unpaced(VentricularCell.ENDOCARDIAL).initialState())
                .isEqualTo(unpaced);
    }

    @Test
    void shouldDependOnWhatThePublishedPatternAllowsOnly() {
        JsonNode pattern = json("/ohara-rudy/jacobian_pattern.json");
        int[] place = places(pattern.get("order"));
        List<String> order = strings(pattern.get("order"));
        Set<String> expected = new TreeSet<>();
        pattern.get("rows")
                .fields()
                .forEachRemaining(row -> row.getValue()
                        .forEach(column -> expected.add(model.variables().get(place[order.indexOf(row.getKey())])
                                + " of "
                                + model.variables().get(place[order.indexOf(column.asText())]))));

        Set<String> found = new TreeSet<>();
        for (int repeat = 0; repeat < 20; repeat++) {
            double[][] jacobian = differences(model, RandomCells.state(model, new Random(repeat)), 15);
            for (int row = 0; row < jacobian.length; row++) {
                for (int column = 0; column < jacobian.length; column++) {
                    if (jacobian[row][column] != 0) {
                        found.add(model.variables().get(row) + " of "
                                + model.variables().get(column));
                    }
                }
            }
        }

        assertThat(expected).hasSize(221);
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void shouldSolveTheLinearSystemThatCentralDifferencesGive() {
        assertLinearSystem(model);
    }

    @Test
    void shouldSolveTheLinearSystemOfOtherParameters() {
        Map<String, Double> scaled = new HashMap<>();
        Random random = new Random(11);
        OHaraRudy2011.PUBLISHED
                .values()
                .forEach((name, value) -> scaled.put(name, value * (0.5 + 1.5 * random.nextDouble())));

        assertLinearSystem(new OHaraRudy2011(
                VentricularCell.EPICARDIAL, OHaraRudy2011.PUBLISHED.with(scaled), model.initialState()));
    }

    private void assertLinearSystem(OHaraRudy2011 cell) {
        for (int repeat = 0; repeat < 50; repeat++) {
            Random random = new Random(repeat);
            double[] state = RandomCells.state(model, random);
            double gammaH = Math.pow(10, -4 + 6 * random.nextDouble());
            double[] b = random.doubles(model.dimension(), -1, 1).toArray();
            double[] scales = model.scales();
            Arrays.setAll(b, row -> b[row] * scales[row]);
            double[] x = b.clone();

            cell.linearise(15, state, new double[x.length]);
            boolean regular = cell.factor(gammaH);
            cell.solve(x);

            assertThat(regular).isTrue();
            double[][] jacobian = differences(cell, state, 15);
            for (int row = 0; row < x.length; row++) {
                double residual = x[row] - b[row];
                double size = Math.abs(x[row]) + Math.abs(b[row]);
                for (int column = 0; column < x.length; column++) {
                    double term = gammaH * jacobian[row][column] * x[column];
                    residual -= term;
                    size += Math.abs(term);
                }
                assertThat(Math.abs(residual) / size)
                        .as("row of %s in repeat %d", model.variables().get(row), repeat)
                        .isLessThan(5e-6);
            }
        }
    }

    @Test
    void shouldGiveTheSameRightHandSideWhenItLinearises() {
        double[] state = RandomCells.state(model, new Random(5));
        double[] plain = new double[model.dimension()];
        double[] alongside = new double[model.dimension()];

        model.derivatives(3, state, plain);
        model.linearise(3, state, alongside);

        assertThat(alongside).isEqualTo(plain);
    }

    /** Cancellation in currents of size 100 uA/uF and fluxes of size 10 mM/ms. */
    private static double rounding(int variable) {
        return variable == OHaraRudy2011.V ? 1e-12 : 1e-15;
    }

    /** Central differences, [row][column]. */
    private static double[][] differences(OHaraRudy2011 cell, double[] state, double current) {
        int n = state.length;
        double[] scales = cell.scales();
        double[][] jacobian = new double[n][n];
        double[] above = new double[n];
        double[] below = new double[n];
        for (int column = 0; column < n; column++) {
            double[] shifted = state.clone();
            double increment = 1e-6 * Math.max(Math.abs(state[column]), 1e-2 * scales[column]);
            shifted[column] = state[column] + increment;
            cell.derivatives(current, shifted, above);
            shifted[column] = state[column] - increment;
            cell.derivatives(current, shifted, below);
            for (int row = 0; row < n; row++) {
                jacobian[row][column] = (above[row] - below[row]) / (2 * increment);
            }
        }
        return jacobian;
    }

    private static JsonNode json(String resource) {
        try (var stream = OHaraRudy2011Test.class.getResourceAsStream(resource)) {
            return new ObjectMapper().readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Place of each of the file's variables in the model's order. */
    private int[] places(JsonNode order) {
        return strings(order).stream()
                .mapToInt(name -> model.variables().indexOf(OHaraRudyNames.catalogued(name)))
                .toArray();
    }

    private static double[] arranged(JsonNode values, int[] place) {
        double[] arranged = new double[place.length];
        Iterator<JsonNode> value = values.elements();
        for (int target : place) {
            arranged[target] = value.next().asDouble();
        }
        return arranged;
    }

    private static List<String> strings(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
