package org.ionstream.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.stream.Stream;
import org.ionstream.reference.cell.FitzHughNagumo1961;
import org.ionstream.reference.cell.HodgkinHuxley1952;
import org.ionstream.reference.ode.IntegrationException;
import org.ionstream.reference.truth.RelativeError;
import org.ionstream.reference.truth.Truth;
import org.ionstream.schemas.protocol.Stimulus.Segment;
import org.ionstream.schemas.wire.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IntegrationTest {
    private static final SolverSettings TIGHT = new SolverSettings(1e-10, 2_000_000, 60_000);

    @ParameterizedTest
    @MethodSource("bundledTruth")
    void shouldFollowTheBundledIndependentTrajectories(Truth truth) {
        double[][] values = integrate(truth, SolverSettings.AUDIT);

        assertThat(worstError(truth, values)).isLessThan(1e-6);
    }

    @Test
    void shouldFollowEveryIndependentTrajectory() {
        assumeTrue(
                TruthFolders.isCompleteSetThere(),
                "the complete set of trajectories (../shared/truth) is not on this machine");
        for (String model : List.of("fhn", "hh")) {
            for (Truth truth : TruthFolders.complete(model)) {
                double[][] values = integrate(truth, TIGHT);

                // just below threshold the problem itself magnifies an error by a thousand
                assertThat(worstError(truth, values)).as(truth.file()).isLessThan(1e-7);
            }
        }
    }

    @Test
    void shouldNotMissAPulseShorterThanAnOutputStep() {
        TimeGrid coarse = new TimeGrid(5, 5);
        List<Segment> brief = List.of(new Segment(0, 7.1, 0), new Segment(7.1, 7.11, 100), new Segment(7.11, 20, 0));

        double[] V = new Integration(new FitzHughNagumo1961(), SolverSettings.AUDIT).over(brief, coarse)[0];

        assertThat(V[1]).isZero();
        assertThat(V[2]).isGreaterThan(0.9);
    }

    @Test
    void shouldCarryTheChargeOfAPulseOfRoundingSize() {
        TimeGrid grid = new TimeGrid(1, 3);
        List<Segment> sliver =
                List.of(new Segment(0, 1, 0), new Segment(1, 1 + 1e-10, 1000), new Segment(1 + 1e-10, 2, 0));

        double[] V = new Integration(new FitzHughNagumo1961(), SolverSettings.AUDIT).over(sliver, grid)[0];

        assertThat(V[2]).isBetween(5e-8, 1.01e-7);
    }

    @Test
    void shouldReachTheLastSampleWithOneSampleOnly() {
        double[][] values =
                new Integration(new HodgkinHuxley1952(), SolverSettings.AUDIT).over(List.of(), new TimeGrid(1, 1));

        assertThat(values).hasDimensions(4, 1);
        assertThat(values[0][0]).isEqualTo(2.757e-4);
    }

    @Test
    void shouldSurviveTheStrongestStimulusAllowed() {
        List<Segment> strong = List.of(new Segment(0, 5, 0), new Segment(5, 10, 1000), new Segment(10, 20, -1000));

        double[][] values =
                new Integration(new FitzHughNagumo1961(), SolverSettings.AUDIT).over(strong, new TimeGrid(1, 21));

        assertThat(values[0][9]).isBetween(5.0, 7.0);
    }

    @Test
    void shouldSayWhereTheEvaluationsRanOutAndWhatToDo() {
        Integration integration = new Integration(new HodgkinHuxley1952(), new SolverSettings(1e-8, 500, 60_000));

        assertThatThrownBy(() -> integration.over(List.of(new Segment(0, 100, 10)), new TimeGrid(1, 101)))
                .isInstanceOf(IntegrationException.class)
                .hasMessageMatching(
                        "500 evaluations .* at t=[0-9.]+ ms; raise largestEvaluations or loosen relativeTolerance.*");
        assertThat(integration.evaluations()).isBetween(490, 500);
    }

    @Test
    void shouldTurnToTheImplicitMethodWhereHyperpolarisationMakesTheGatesStiff() {
        // V falls to -256 mV, where m closes 6e6 times per ms; at 10 ms and 60 ms the pulse's edges
        List<Segment> anode = List.of(new Segment(0, 10, 0), new Segment(10, 60, -80), new Segment(60, 100, 0));
        TimeGrid grid = new TimeGrid(0.1, 1001);
        Integration tight = new Integration(new HodgkinHuxley1952(), new SolverSettings(1e-10, 2_000_000, 60_000));
        Integration audit = new Integration(new HodgkinHuxley1952(), SolverSettings.AUDIT);

        double[][] expected = tight.over(anode, grid);
        double[][] values = audit.over(anode, grid);

        assertThat(audit.method()).isEqualTo("Tsitouras 5(4), Rodas5P");
        assertThat(audit.evaluations()).isLessThan(30_000);
        assertThat(values[0][600]).isCloseTo(10.6 - 80 / 0.3, within(1e-3)); // leak alone
        assertThat(values[1][600]).isBetween(0.0, 1e-9);
        assertThat(values[0][700]).isGreaterThan(-20); // and comes back
        for (int variable = 0; variable < 4; variable++) {
            assertThat(RelativeError.l2(values[variable], expected[variable])).isLessThan(1e-6);
        }
    }

    @Test
    void shouldStayExplicitWhereTheModelIsNotStiff() {
        Integration integration = new Integration(new HodgkinHuxley1952(), SolverSettings.AUDIT);

        integration.over(List.of(new Segment(0, 100, 10)), new TimeGrid(0.1, 1001));

        assertThat(integration.method()).isEqualTo("Tsitouras 5(4)");
    }

    static List<Truth> bundledTruth() {
        return Stream.concat(TruthFolders.bundled("fhn").stream(), TruthFolders.bundled("hh").stream())
                .toList();
    }

    private static double[][] integrate(Truth truth, SolverSettings settings) {
        return new Integration(truth.equations().orElseThrow(), settings).over(truth.segments(), truth.grid());
    }

    private static double worstError(Truth truth, double[][] values) {
        double worst = 0;
        List<String> names = truth.cellModel().variableNames();
        for (int variable = 0; variable < names.size(); variable++) {
            worst = Math.max(
                    worst, RelativeError.l2(values[variable], truth.values().get(names.get(variable))));
        }
        return worst;
    }
}
