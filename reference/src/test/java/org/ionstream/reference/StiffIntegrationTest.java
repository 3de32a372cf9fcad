package org.ionstream.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ionstream.reference.cell.OHaraRudy2011;
import org.ionstream.reference.cell.OHaraRudyNames;
import org.ionstream.reference.cell.VentricularCell;
import org.ionstream.reference.ode.IntegrationException;
import org.ionstream.schemas.protocol.Stimulus.Segment;
import org.ionstream.schemas.wire.TimeGrid;
import org.junit.jupiter.api.Test;

class StiffIntegrationTest {
    private static final List<String> NAMES = new OHaraRudy2011().variables();

    @Test
    void shouldReproducePublishedActionPotential() {
        List<Segment> pulse = List.of(new Segment(0, 3, 20), new Segment(3, 500, 0));

        double[][] values =
                new Integration(new OHaraRudy2011(), SolverSettings.AUDIT).over(pulse, new TimeGrid(1, 501));

        double[] V = values[NAMES.indexOf("V")];
        assertThat(new double[] {V[1], V[5], V[10], V[50], V[100], V[200], V[250], V[300], V[400], V[500]})
                .containsExactly(
                        new double[] {
                            -68.544903,
                            33.911919,
                            37.338389,
                            33.976341,
                            21.976572,
                            -14.351627,
                            -53.295164,
                            -87.002046,
                            -87.49173,
                            -87.639732
                        },
                        within(3e-3));
        assertThat(values[NAMES.indexOf("Ca_i")][50]).isCloseTo(4.183041e-4, within(2e-9));
        assertThat(values[NAMES.indexOf("K_i")][500]).isCloseTo(143.784673, within(2e-6));
        assertThat(values[NAMES.indexOf("CaMK_trap")][500]).isCloseTo(.016187, within(1e-6));
    }

    @Test
    void shouldFollowEveryIndependentTrajectory() {
        assumeTrue(
                Truth.isCompleteSetThere(),
                "the complete set of trajectories (../shared/truth) is not on this machine");
        assertErrors(Truth.complete("ord"), 1e-6, 3e-7, 5e-5);
        assertErrors(Truth.complete("ord"), 1e-8, 3e-9, 1e-6);
    }

    @Test
    void shouldFollowTheBundledIndependentTrajectory() {
        assertErrors(Truth.bundled("ord"), 1e-8, 5e-9, 1e-7);
    }

    @Test
    void shouldNotMissAPulseShorterThanAnOutputStep() {
        List<Segment> brief =
                List.of(new Segment(0, 100.3, 0), new Segment(100.3, 100.8, 80), new Segment(100.8, 200, 0));

        double[] V = new Integration(new OHaraRudy2011(), SolverSettings.AUDIT).over(brief, new TimeGrid(10, 21))[0];

        assertThat(V[10]).isLessThan(-87);
        assertThat(V[11]).isGreaterThan(20);
    }

    @Test
    void shouldGiveEachKindOfCellItsOwnActionPotential() {
        double[] ends = new double[3];
        for (VentricularCell cell : VentricularCell.values()) {
            double[] V = new Integration(OHaraRudy2011.paced(cell), SolverSettings.AUDIT)
                    .over(List.of(new Segment(0, 0.5, 80), new Segment(0.5, 500, 0)), new TimeGrid(1, 501))[0];
            int sample = 10;
            while (V[sample] > -70) {
                sample++;
            }
            ends[cell.ordinal()] = sample;
        }

        assertThat(ends[VentricularCell.EPICARDIAL.ordinal()]).isLessThan(ends[VentricularCell.ENDOCARDIAL.ordinal()]);
        assertThat(ends[VentricularCell.MIDMYOCARDIAL.ordinal()])
                .isGreaterThan(ends[VentricularCell.ENDOCARDIAL.ordinal()]);
    }

    @Test
    void shouldSayWhereTheEvaluationsRanOutAndWhatToDo() {
        Integration integration = new Integration(new OHaraRudy2011(), new SolverSettings(1e-8, 500));

        assertThatThrownBy(() -> integration.over(List.of(new Segment(0, 500, 1)), new TimeGrid(1, 501)))
                .isInstanceOf(IntegrationException.class)
                .hasMessageMatching(
                        "500 evaluations .* at t=[0-9.]+ ms; raise largestEvaluations or loosen relativeTolerance.*");
    }

    private static void assertErrors(List<Truth> truths, double tolerance, double medianLimit, double worstLimit) {
        List<Double> means = new ArrayList<>();
        double worst = 0;
        for (Truth truth : truths) {
            if (truth.file().startsWith("ord_a_")) {
                continue; // other constants in tau_a
            }
            OHaraRudy2011 model = truth.file().startsWith("ord_c_")
                    ? OHaraRudy2011.unpaced(VentricularCell.ENDOCARDIAL)
                    : OHaraRudy2011.paced(VentricularCell.ENDOCARDIAL);
            Integration integration = new Integration(model, new SolverSettings(tolerance, 2_000_000));
            double[][] values = integration.over(truth.segments(), truth.grid());
            double sum = 0;
            double largest = 0;
            for (var trace : truth.values().entrySet()) {
                double error = RelativeError.l2(
                        values[NAMES.indexOf(OHaraRudyNames.catalogued(trace.getKey()))], trace.getValue());
                sum += error;
                largest = Math.max(largest, error);
            }
            means.add(sum / NAMES.size());
            worst = Math.max(worst, largest);
        }
        Collections.sort(means);
        assertThat(means.get(means.size() / 2))
                .as("median at rtol %s", tolerance)
                .isLessThan(medianLimit);
        assertThat(worst).as("worst variable at rtol %s", tolerance).isLessThan(worstLimit);
    }
}
