package org.ionstream.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.ionstream.reference.cell.BeelerReuter1977;
import org.ionstream.reference.cell.FitzHughNagumo1961;
import org.ionstream.reference.cell.HodgkinHuxley1952;
import org.ionstream.reference.cell.IonicModel;
import org.ionstream.reference.cell.OHaraRudy2011;
import org.ionstream.reference.cell.Parameters;
import org.ionstream.reference.cell.VentricularCell;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CellEquationsTest {

    static List<Arguments> models() {
        return List.of(
                Arguments.of(CellModels.FITZHUGH_NAGUMO_1961, new FitzHughNagumo1961(), FitzHughNagumo1961.PUBLISHED),
                Arguments.of(CellModels.HODGKIN_HUXLEY_1952, new HodgkinHuxley1952(), HodgkinHuxley1952.PUBLISHED),
                Arguments.of(CellModels.OHARA_RUDY_2011, new OHaraRudy2011(), OHaraRudy2011.PUBLISHED),
                Arguments.of(CellModels.BEELER_REUTER_1977, new BeelerReuter1977(), BeelerReuter1977.PUBLISHED));
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldCatalogueThePublishedParameters(CellModel catalogued, IonicModel published, Parameters parameters) {
        assertThat(stimulus(catalogued, protocol -> protocol).conditions().parameters())
                .isEqualTo(parameters.values());
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldBeBitByBitThePublishedModelWhereNothingIsAsked(CellModel catalogued, IonicModel published) {
        IonicModel model = equations(catalogued, protocol -> protocol);
        Random random = new Random(1);

        assertThat(model.variables()).isEqualTo(published.variables());
        assertThat(model.initialState()).isEqualTo(published.initialState());
        for (int repeat = 0; repeat < 100; repeat++) {
            double[] state = published.initialState();
            for (int i = 0; i < state.length; i++) {
                state[i] *= 0.5 + random.nextDouble();
            }
            assertThat(slope(model, state)).isEqualTo(slope(published, state));
        }
        assertSame(CellEquations.of(catalogued).orElseThrow(), published);
    }

    @Test
    void shouldHaveEveryVariantAndPublishedState() {
        for (VentricularCell cell : VentricularCell.values()) {
            String variant = cell.name().toLowerCase();

            IonicModel fromText = equations(CellModels.OHARA_RUDY_2011, protocol -> protocol.setVariant(variant));
            IonicModel fromCode = equations(
                    CellModels.OHARA_RUDY_2011,
                    protocol -> protocol.setVariant(variant).setPublishedState("code"));

            assertSame(fromText, OHaraRudy2011.paced(cell));
            assertSame(fromCode, OHaraRudy2011.unpaced(cell));
        }
    }

    @Test
    void shouldReplaceInitialValuesAndParametersAsked() {
        IonicModel model = equations(
                CellModels.HODGKIN_HUXLEY_1952,
                protocol -> protocol.setInitialState(Map.of("n", 0.4)).setParameters(Map.of("gK", 18.0, "C_m", 2.0)));

        assertThat(model.initialState()).containsExactly(2.757e-4, 5.2934e-2, 5.9611e-1, 0.4);
        double V = 50;
        double m = 0.9;
        double h = 0.2;
        double n = 0.6;
        double current = 3;
        double byHand =
                (current - 120 * m * m * m * h * (V - 115) - 18 * n * n * n * n * (V + 12) - 0.3 * (V - 10.6)) / 2;
        double[] slope = new double[4];
        model.derivatives(current, new double[] {V, m, h, n}, slope);
        assertThat(slope[0]).isEqualTo(byHand);
    }

    @Test
    void shouldChangeEveryParameterOfFitzHughNagumo() {
        IonicModel model = equations(
                CellModels.FITZHUGH_NAGUMO_1961,
                protocol -> protocol.setParameters(
                        Map.of("b", 4.0, "beta", 0.2, "delta", 1.5, "c", 2.0, "e", 0.3, "gamma", 0.5)));

        double[] slope = slope(model, new double[] {0.7, 0.3});

        assertThat(slope).containsExactly(4 * 0.7 * (0.7 - 0.2) * (1.5 - 0.7) - 2 * 0.3 + 1, 0.3 * (0.7 - 0.5 * 0.3));
    }

    private static void assertSame(IonicModel model, IonicModel expected) {
        assertThat(model.initialState()).isEqualTo(expected.initialState());
        assertThat(slope(model, model.initialState())).isEqualTo(slope(expected, model.initialState()));
    }

    private static double[] slope(IonicModel model, double[] state) {
        double[] slope = new double[state.length];
        model.derivatives(1, state, slope);
        return slope;
    }

    private static IonicModel equations(CellModel model, UnaryOperator<StimulusProtocol.Builder> asked) {
        return CellEquations.of(stimulus(model, asked).conditions()).orElseThrow();
    }

    private static Stimulus stimulus(CellModel model, UnaryOperator<StimulusProtocol.Builder> asked) {
        return Stimulus.of(asked.apply(StimulusProtocol.newBuilder()
                        .setId("p")
                        .setCellModel(model.id())
                        .setPulses(List.of())
                        .setHorizonMs(10)
                        .setOutputStepMs(1))
                .build());
    }
}
