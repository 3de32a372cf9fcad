package org.ionstream.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.ionstream.schemas.biomarker.TrajectoryBiomarkers;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Beat;
import org.ionstream.schemas.message.Biomarkers;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.Traces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Biomarkers of solved action potentials, against values from independent solvers of the same equations. */
class SolvedBiomarkersTest {
    private final ReferenceSolver solver = new ReferenceSolver(SolverSettings.AUDIT);

    /** The APD90 of these values begins where V rises through -40 mV; a sample each ms. */
    @ParameterizedTest
    @CsvSource({"15, 3, 36.815, 270.0, 5.514e-4, 51", "80, 0.5, 39.913, 268.5, 3.618e-4, "})
    void shouldReproduceTheVentricularActionPotential(
            double amplitude, double durationMs, double peakMv, double apd90Ms, double calciumMm, Double calciumMs) {
        Stimulus stimulus = stimulus(CellModels.OHARA_RUDY_2011, 1000, 1, new Pulse(0.0, durationMs, amplitude));
        Traces traces = traces(stimulus);

        Beat beat = TrajectoryBiomarkers.of(traces, stimulus).getBeats().get(0);

        assertThat(beat.getPeakPotential()).isCloseTo(peakMv, within(6e-4));
        double repolarisedMs = beat.getMaxUpstrokeTimeMs() + beat.getApd90FromMaxUpstrokeMs();
        assertThat(repolarisedMs - riseMs(traces, -40)).isCloseTo(apd90Ms, within(0.06));
        assertThat(beat.getPeakCalciumMm()).isCloseTo(calciumMm, within(6e-8));
        if (calciumMs != null) {
            assertThat(beat.getPeakCalciumTimeMs()).isEqualTo(calciumMs);
        }
        assertThat(beat.getRestingPotential()).isCloseTo(-87.84, within(0.01));
        assertThat(beat.getEarlyAfterdepolarisations()).isZero();
    }

    /** The current thresholds that an independent solver found by bisection, in the cell model's unit. */
    @ParameterizedTest
    @CsvSource({
        "fitzhugh-nagumo-1961, 0.5, 0.27680",
        "fitzhugh-nagumo-1961, 1, 0.14581",
        "fitzhugh-nagumo-1961, 2, 0.08130",
        "fitzhugh-nagumo-1961, 5, 0.04623",
        "hodgkin-huxley-1952, 1, 6.9212",
        "ohara-rudy-2011, 2, 15.9987",
        "ohara-rudy-2011, 3, 11.3222",
        "ohara-rudy-2011, 5, 7.4859",
        "ohara-rudy-2011, 10, 4.5192",
        "ohara-rudy-2011, 500, 0.9167"
    })
    void shouldSayCapturedAboveTheThresholdAndNotBelow(String id, double durationMs, double threshold) {
        CellModel model = CellModels.byId(id);
        double horizonMs = Math.max(model.horizonMs(), 2 * durationMs);

        Biomarkers below = biomarkers(model, horizonMs, new Pulse(0.0, durationMs, 0.9997 * threshold));
        Biomarkers above = biomarkers(model, horizonMs, new Pulse(0.0, durationMs, 1.0003 * threshold));

        assertThat(below.getCapturedStimuli()).isZero();
        assertThat(above.getCapturedStimuli()).isEqualTo(1);
        assertThat(above.getActionPotentials()).isEqualTo(1);
        assertThat(above.getEarlyAfterdepolarisations()).isZero();
    }

    @Test
    void shouldFindTheUpstrokeAfterAWeakStimulusNotTheStimulus() {
        Biomarkers biomarkers = biomarkers(CellModels.OHARA_RUDY_2011, 1000, new Pulse(0.0, 500.0, 0.917));

        Beat beat = biomarkers.getBeats().get(0);
        assertThat(beat.getMaxUpstrokeTimeMs()).isBetween(510.0, 650.0);
        assertThat(beat.getApd90FromMaxUpstrokeMs()).isBetween(230.0, 270.0);
    }

    @Test
    void shouldCountRepetitiveFiring() {
        Biomarkers nerve = biomarkers(CellModels.HODGKIN_HUXLEY_1952, 100, new Pulse(0.0, 100.0, 7.0));
        Biomarkers oscillator = biomarkers(CellModels.FITZHUGH_NAGUMO_1961, 100, new Pulse(0.0, 100.0, 0.5));

        assertThat(nerve.getActionPotentials()).isEqualTo(6);
        assertThat(nerve.getCapturedStimuli()).isEqualTo(1);
        assertThat(nerve.getBeats()).hasSize(6);
        assertThat(oscillator.getActionPotentials()).isEqualTo(3);
        assertThat(oscillator.getBeats().get(2).getApd90FromMaxUpstrokeMs())
                .as("cut by the horizon")
                .isNull();
    }

    @Test
    void shouldTellWhichStimuliOfAFastTrainTheCellFollows() {
        Pulse[] train = IntStream.range(0, 8)
                .mapToObj(beat -> new Pulse(280.0 * beat, 1.0, 40.0))
                .toArray(Pulse[]::new);

        Biomarkers biomarkers = biomarkers(CellModels.OHARA_RUDY_2011, 2440, train);

        assertThat(biomarkers.getBeats())
                .extracting(Beat::getCaptured)
                .containsExactly(true, false, true, true, true, true, true, true);
        assertThat(biomarkers.getStimuli()).isEqualTo(8);
        assertThat(biomarkers.getCapturedStimuli()).isEqualTo(7);
        assertThat(biomarkers.getApd90AlternansMs()).isZero();
    }

    private Biomarkers biomarkers(CellModel model, double horizonMs, Pulse... pulses) {
        Stimulus stimulus = stimulus(model, horizonMs, model.stepMs(), pulses);
        return TrajectoryBiomarkers.of(traces(stimulus), stimulus);
    }

    private Traces traces(Stimulus stimulus) {
        return solver.solve(stimulus).toTraces(stimulus.cellModel());
    }

    private static Stimulus stimulus(CellModel model, double horizonMs, double stepMs, Pulse... pulses) {
        return Stimulus.of(StimulusProtocol.newBuilder()
                .setId("solved")
                .setCellModel(model.id())
                .setPulses(List.of(pulses))
                .setHorizonMs(horizonMs)
                .setOutputStepMs(stepMs)
                .setVariables(List.of("V"))
                .build());
    }

    private static double riseMs(Traces traces, double level) {
        float[] V = traces.of("V");
        int after = 1;
        while (V[after] < level) {
            after++;
        }
        return traces.grid().stepMs() * (after - (V[after] - level) / (V[after] - V[after - 1]));
    }
}
