package org.ionstream.reference.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.ionstream.reference.ReferenceSolver;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.biomarker.TrajectoryBiomarkers;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Beat;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.Traces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeelerReuter1977Test {
    private final BeelerReuter1977 model = new BeelerReuter1977();

    @ParameterizedTest
    @ValueSource(doubles = {-120, -84.6, -47, -46.9, -23, -22.5, 0, 30})
    void shouldSolveTheLinearSystemThatCentralDifferencesGive(double V) {
        double[] state = {V, 2e-3, 0.3, 0.5, 0.4, 0.6, 0.7, 0.2};

        CentralDifferences.assertSolves(model, 5, state, 0.03);
        CentralDifferences.assertSolves(model, 5, state, 1e-3);
    }

    @Test
    void shouldTakeTheLimitOfTheOpeningRateOfM() {
        double[] slope = new double[8];
        model.derivatives(0, new double[] {-47, 1e-4, 0.25, 0.5, 0.5, 0.1, 0.9, 0.1}, slope);

        assertThat(slope[2]).isCloseTo(10 * 0.75 - 40 * Math.exp(-0.056 * 25) * 0.25, within(1e-12));
    }

    @Test
    void shouldStayAtRest() {
        double[] end = last(List.of(), 5_000);
        double[] rest = model.initialState();

        for (int variable = 0; variable < rest.length; variable++) {
            assertThat(end[variable])
                    .as(BeelerReuter1977.VARIABLES.get(variable))
                    .isCloseTo(rest[variable], within(1e-4 * Math.max(Math.abs(rest[variable]), 1e-3)));
        }
    }

    /** The paper's figures have an overshoot of some 25 mV and an action potential of nearly 300 ms. */
    @Test
    void shouldFireAnActionPotentialOfAVentricularCell() {
        Stimulus stimulus = stimulus(List.of(new Pulse(10.0, 2.0, 25.0)), 500, 0.5);
        Traces traces =
                new ReferenceSolver(SolverSettings.AUDIT).solve(stimulus).toTraces(CellModels.BEELER_REUTER_1977);

        Beat beat = TrajectoryBiomarkers.of(traces, stimulus).getBeats().get(0);

        assertThat(beat.getRestingPotential()).isBetween(-85.0, -84.0);
        assertThat(beat.getPeakPotential()).isBetween(15.0, 35.0);
        assertThat(beat.getApd90FromMaxUpstrokeMs()).isBetween(260.0, 310.0);
        assertThat(beat.getPeakCalciumMm()).isBetween(3e-3, 9e-3);
        assertThat(last(List.of(new Pulse(10.0, 2.0, 5.0)), 500)[0])
                .as("too weak")
                .isBetween(-85.0, -84.0);
    }

    private static double[] last(List<Pulse> pulses, double horizonMs) {
        Traces traces = new ReferenceSolver(SolverSettings.AUDIT)
                .solve(stimulus(pulses, horizonMs, 1))
                .toTraces(CellModels.BEELER_REUTER_1977);
        double[] last = new double[traces.values().length];
        for (int variable = 0; variable < last.length; variable++) {
            last[variable] = traces.values()[variable][traces.grid().samples() - 1];
        }
        return last;
    }

    private static Stimulus stimulus(List<Pulse> pulses, double horizonMs, double stepMs) {
        return Stimulus.of(StimulusProtocol.newBuilder()
                .setId("p")
                .setCellModel(CellModels.BEELER_REUTER_1977.id())
                .setPulses(pulses)
                .setHorizonMs(horizonMs)
                .setOutputStepMs(stepMs)
                .build());
    }
}
