package org.ionstream.schemas.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.cell.InitialState;
import org.ionstream.schemas.message.StimulusProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionsTest {
    static Iterable<CellModel> cellModels() {
        return CellModels.all();
    }

    @ParameterizedTest
    @MethodSource("cellModels")
    void shouldBeAsPublishedWhereAProtocolSaysNothing(CellModel model) {
        Conditions conditions = of(Protocols.valid().setCellModel(model.id()));

        assertThat(conditions.arePublished()).isTrue();
        assertThat(conditions.parameters())
                .hasSize(model.variations().parameters().size());
        assertThat(conditions.initialState())
                .containsOnlyKeys(model.variableNames())
                .isEqualTo(model.variations().initialStates().get(0).values());
    }

    @Test
    void shouldBeAsPublishedWhereAProtocolSpellsThePublishedValuesOut() {
        Conditions conditions = of(oharaRudy()
                .setVariant("endocardial")
                .setPublishedState("text-S1")
                .setParameters(Map.of("K_o", 5.4, "GKr_scale", 1.0))
                .setInitialState(Map.of("V", -87.84)));

        assertThat(conditions.departures()).isEmpty();
        assertThat(conditions.arePublished()).isTrue();
    }

    @Test
    void shouldReplaceWhatIsGivenOnly() {
        Conditions conditions = of(oharaRudy()
                .setVariant("epicardial")
                .setPublishedState("code")
                .setParameters(Map.of("K_o", 8.0))
                .setInitialState(Map.of("Na_i", 9.0)));

        assertThat(conditions.variant()).isEqualTo("epicardial");
        assertThat(conditions.parameters())
                .containsEntry("K_o", 8.0)
                .containsEntry("Na_o", 140.0)
                .containsEntry("GKs_scale", 1.0);
        assertThat(conditions.initialState())
                .containsEntry("Na_i", 9.0)
                .containsEntry("Na_ss", 7.0)
                .containsEntry("V", -87.0);
        assertThat(conditions.departures())
                .containsExactly(
                        "variant epicardial",
                        "K_o = 8.0 mM (published 5.4)",
                        "initial state code",
                        "Na_i = 9.0 at t=0 (published 7.0)");
    }

    @ParameterizedTest
    @MethodSource("cellModels")
    void shouldAcceptEveryPublishedStateValueByValue(CellModel model) {
        for (InitialState state : model.variations().initialStates()) {
            Conditions conditions =
                    of(Protocols.valid().setCellModel(model.id()).setInitialState(state.values()));

            assertThat(conditions.initialState()).isEqualTo(state.values());
        }
    }

    private static StimulusProtocol.Builder oharaRudy() {
        return Protocols.valid().setCellModel("ohara-rudy-2011");
    }

    private static Conditions of(StimulusProtocol.Builder protocol) {
        return Stimulus.of(protocol.build()).conditions();
    }
}
