package org.ionstream.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Outcome;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.Route;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;
import org.junit.jupiter.api.Test;

class ReferenceSolverTest {
    private static final double[] GOLDEN_TIMES_MS = {0, 1, 5, 10, 20, 50, 75, 100};

    private final ReferenceSolver solver = new ReferenceSolver(SolverSettings.AUDIT);

    @Test
    void shouldReproducePublishedFitzHughNagumoValues() {
        Solution solution =
                solver.solve(stimulus(CellModels.FITZHUGH_NAGUMO_1961, new Pulse(0.0, 50.0, 1.5)), everyMs());

        double[] V = {0, 1.20783901, 1.16100519, 1.09584687, .9601066, .0363121, -.17107085, -.01402218};
        double[] w = {0, .07705815, .52130866, .9901398, 1.6790092, 1.4303044, .26309421, .00522852};
        assertThat(solution.outcome()).isEqualTo(Outcome.OK);
        assertThat(atGoldenTimes(solution.values()[0])).containsExactly(V, within(1e-6));
        assertThat(atGoldenTimes(solution.values()[1])).containsExactly(w, within(1e-6));
    }

    @Test
    void shouldReproduceSustainedFitzHughNagumoOscillation() {
        Solution solution =
                solver.solve(stimulus(CellModels.FITZHUGH_NAGUMO_1961, new Pulse(0.0, 100.0, 0.5)), everyMs());

        double[] V = {0, .72662801, 1.02069109, .9188957, -.28026869, .95444263, -.11842524, .67874714};
        assertThat(atGoldenTimes(solution.values()[0])).containsExactly(V, within(2e-6));
    }

    @Test
    void shouldReproducePublishedHodgkinHuxleyValues() {
        Solution solution =
                solver.solve(stimulus(CellModels.HODGKIN_HUXLEY_1952, new Pulse(0.0, 1.0, 100.0)), everyMs());

        assertThat(solution.values()[0][1]).isCloseTo(102.859289, within(1e-5));
        assertThat(solution.values()[0][20]).isCloseTo(.482397665, within(1e-5));
        assertThat(solution.values()[1][1]).isCloseTo(.986864675, within(1e-7));
        assertThat(solution.values()[2][1]).isCloseTo(.296388649, within(1e-7));
        assertThat(solution.values()[3][1]).isCloseTo(.597023544, within(1e-7));
    }

    @Test
    void shouldReproduceRepetitiveHodgkinHuxleyFiring() {
        Solution solution =
                solver.solve(stimulus(CellModels.HODGKIN_HUXLEY_1952, new Pulse(0.0, 100.0, 7.0)), everyMs());

        double[] V = {2.757e-4, 6.03241715, -7.91697324, -4.05872056, 94.2336954, 5.51280431, -9.33050307, 3.52838590};
        assertThat(atGoldenTimes(solution.values()[0])).containsExactly(V, within(2e-5));
    }

    @Test
    void shouldExciteTwiceWhenTheSecondPulseComesAfterRecovery() {
        Stimulus early = stimulus(CellModels.FITZHUGH_NAGUMO_1961, new Pulse(0.0, 2.0, 0.5), new Pulse(18.0, 2.0, 0.2));
        Stimulus late = stimulus(CellModels.FITZHUGH_NAGUMO_1961, new Pulse(0.0, 2.0, 0.5), new Pulse(60.0, 2.0, 0.2));

        assertThat(actionPotentials(solver.solve(early, everyMs()).values()[0])).isEqualTo(1);
        assertThat(actionPotentials(solver.solve(late, everyMs()).values()[0])).isEqualTo(2);
    }

    @Test
    void shouldIntegrateASampledCurrentOfManySegments() {
        Pulse[] ramp = IntStream.range(0, 1000)
                .mapToObj(i -> new Pulse(0.1 * i, 0.1, 0.5 * (1 + Math.sin(0.01 * i))))
                .toArray(Pulse[]::new);

        Solution solution = solver.solve(stimulus(CellModels.FITZHUGH_NAGUMO_1961, ramp));

        assertThat(solution.outcome()).isEqualTo(Outcome.OK);
        assertThat(solution.solver().getSegments()).isGreaterThan(900);
        assertThat(solution.solver().getEvaluations())
                .isLessThan(20 * solution.solver().getSegments());
    }

    @Test
    void shouldNameTheOutcomeWhenTheCatalogueIsAheadOfTheEquations() {
        CellModel unsolved = new CellModel("unheard-of-2030", "", "", List.of(), "", 100, 1);
        Stimulus stimulus = new Stimulus(null, unsolved, List.of(), new TimeGrid(1, 10));

        Solution solution = solver.solve(stimulus);

        assertThat(solver.covers(unsolved)).isFalse();
        assertThat(solution.outcome()).isEqualTo(Outcome.NO_SOLVER);
        assertThat(solution.detail()).contains("unheard-of-2030", "CellEquations");
    }

    @Test
    void shouldGiveUpAsAValueWithNumbersAndRemedy() {
        ReferenceSolver hurried = new ReferenceSolver(new SolverSettings(1e-8, 100));

        Solution solution = hurried.solve(stimulus(CellModels.HODGKIN_HUXLEY_1952, new Pulse(0.0, 50.0, 10.0)));

        assertThat(solution.outcome()).isEqualTo(Outcome.SOLVER_GAVE_UP);
        assertThat(solution.values()).isNull();
        assertThat(solution.detail()).contains("hodgkin-huxley-1952", "100 evaluations", "raise largestEvaluations");
        assertThat(solution.solver().getEvaluations()).isBetween(90, 100);
    }

    @Test
    void shouldSolveTheSameFromManyThreads() {
        Stimulus stimulus = stimulus(CellModels.HODGKIN_HUXLEY_1952, new Pulse(0.0, 20.0, 10.0));
        double[][] alone = solver.solve(stimulus).values();

        List<double[][]> together = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> solver.solve(stimulus).values())
                .toList();

        assertThat(together).allSatisfy(values -> assertThat(values).isDeepEqualTo(alone));
    }

    @Test
    void shouldRoundToFloatsUnderTheCataloguesNames() {
        Solution solution = solver.solve(stimulus(CellModels.HODGKIN_HUXLEY_1952, new Pulse(0.0, 20.0, 10.0)));

        Traces traces = solution.toTraces(CellModels.HODGKIN_HUXLEY_1952);

        assertThat(traces.variables()).containsExactly("V", "m", "h", "n");
        assertThat(traces.of("n")[7]).isEqualTo((float) solution.values()[3][7]);
    }

    private static Stimulus stimulus(CellModel model, Pulse... pulses) {
        return Stimulus.of(new StimulusProtocol(
                "golden", model.id(), List.of(pulses), null, 100.0, 0.5, List.of(), Route.AUTO, Map.of()));
    }

    private static TimeGrid everyMs() {
        return new TimeGrid(1, 101);
    }

    private static double[] atGoldenTimes(double[] everyMs) {
        return IntStream.range(0, GOLDEN_TIMES_MS.length)
                .mapToDouble(i -> everyMs[(int) GOLDEN_TIMES_MS[i]])
                .toArray();
    }

    private static long actionPotentials(double[] V) {
        return IntStream.range(1, V.length)
                .filter(sample -> V[sample - 1] < 0.6 && V[sample] >= 0.6)
                .count();
    }
}
