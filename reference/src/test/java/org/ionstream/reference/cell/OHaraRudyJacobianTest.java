package org.ionstream.reference.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** The fast right-hand side and its factored Jacobian against plain equations and automatic differentiation. */
class OHaraRudyJacobianTest {
    private static final int STATES = 41;
    private static final double CURRENT = 15;
    private static final List<String> NAMES = OHaraRudy2011.VARIABLES;

    private final OHaraRudy2011 model = new OHaraRudy2011();

    @RepeatedTest(30)
    void shouldEvaluateWhatThePlainEquationsSay(RepetitionInfo repetition) {
        double[] state = RandomCells.state(model, new Random(repetition.getCurrentRepetition()));
        Map<String, Gradient> plain = differentiated(state);
        double[] fast = new double[STATES];

        model.derivatives(CURRENT, state, fast);

        for (int row = 0; row < STATES; row++) {
            double expected = plain.get(NAMES.get(row)).getValue();
            // the largest currents and fluxes that cancel in a sum are a thousand times a small one
            assertThat(fast[row])
                    .as("d%s/dt", NAMES.get(row))
                    .isCloseTo(expected, within(1e-9 * Math.abs(expected) + 1e-12));
        }
    }

    @RepeatedTest(30)
    void shouldSolveTheSystemOfTheAutomaticJacobian(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        double[] state = RandomCells.state(model, random);
        double gammaH = Math.pow(10, -4 + 6 * random.nextDouble());
        double[] scales = model.scales();
        double[] expected = random.doubles(STATES, -1, 1).toArray();
        Arrays.setAll(expected, i -> expected[i] * scales[i]);
        double[][] jacobian = jacobian(state);
        double[] size = new double[STATES];
        double[] x = new double[STATES];
        for (int row = 0; row < STATES; row++) {
            x[row] = expected[row];
            size[row] = Math.abs(expected[row]);
            for (int column = 0; column < STATES; column++) {
                double term = gammaH * jacobian[row][column] * expected[column];
                x[row] -= term;
                size[row] += Math.abs(term);
            }
        }

        model.linearise(CURRENT, state, new double[STATES]);
        boolean regular = model.factor(gammaH);
        model.solve(x);

        assertThat(regular).isTrue();
        for (int row = 0; row < STATES; row++) {
            double residual = x[row] - expected[row];
            for (int column = 0; column < STATES; column++) {
                residual -= gammaH * jacobian[row][column] * (x[column] - expected[column]);
            }
            assertThat(Math.abs(residual) / size[row])
                    .as("row of %s", NAMES.get(row))
                    .isLessThan(1e-6);
        }
    }

    private static double[][] jacobian(double[] state) {
        Map<String, Gradient> slopes = differentiated(state);
        double[][] jacobian = new double[STATES][];
        for (int row = 0; row < STATES; row++) {
            jacobian[row] = slopes.get(NAMES.get(row)).getGradient();
        }
        return jacobian;
    }

    private static Map<String, Gradient> differentiated(double[] state) {
        Map<String, Gradient> variables = new HashMap<>();
        for (int i = 0; i < STATES; i++) {
            variables.put(NAMES.get(i), Gradient.variable(STATES, i, state[i]));
        }
        return OHaraRudyEquations.derivatives(variables, CURRENT);
    }
}
