package org.ionstream.trainer.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.trainer.fno.Optimiser;
import org.ionstream.trainer.fno.TrainingSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RecipesTest {
    private static final List<CellModel> CELL_MODELS =
            List.of(CellModels.FITZHUGH_NAGUMO_1961, CellModels.HODGKIN_HUXLEY_1952, CellModels.OHARA_RUDY_2011);

    /** Counts logged by the paper's authors, and their other configurations by the same formula. */
    @ParameterizedTest
    @CsvSource({
        "fitzhugh-nagumo-1961, PAPER_CONSTRAINED, 571138",
        "hodgkin-huxley-1952, PAPER_CONSTRAINED, 626180",
        "ohara-rudy-2011, PAPER_CONSTRAINED, 510825",
        "fitzhugh-nagumo-1961, PAPER_UNCONSTRAINED, 8691298",
        "hodgkin-huxley-1952, PAPER_UNCONSTRAINED, 13439236",
        "ohara-rudy-2011, PAPER_UNCONSTRAINED, 12407465"
    })
    void shouldHaveThePapersNumberOfParameters(String cellModel, Recipes recipe, long parameters) {
        assertThat(recipe.of(CellModels.byId(cellModel)).architecture().parameterCount())
                .isEqualTo(parameters);
    }

    @ParameterizedTest
    @EnumSource
    void shouldComeBackFromJson(Recipes recipe) {
        for (CellModel cellModel : CELL_MODELS) {
            assertThat(Recipe.fromJson(recipe.of(cellModel).toJson())).isEqualTo(recipe.of(cellModel));
        }
    }

    @Test
    void shouldHaveNoMoreParametersThanThePapersConstrainedNetworks() {
        for (CellModel cellModel : CELL_MODELS) {
            assertThat(Recipes.CHAMPION.of(cellModel).architecture().parameterCount())
                    .isLessThan(Recipes.PAPER_CONSTRAINED
                            .of(cellModel)
                            .architecture()
                            .parameterCount());
        }
    }

    @Test
    void shouldTakeThePapersNumberOfSteps() {
        Recipe recipe = Recipes.PAPER_CONSTRAINED.of(CellModels.HODGKIN_HUXLEY_1952);

        assertThat(recipe.stepsPerEpoch()).isEqualTo(94);
        assertThat(recipe.training().steps()).isEqualTo(94_000);
        assertThat(recipe.training().learningRate(9_399)).isEqualTo(0.00764 * Math.pow(0.92, 9));
    }

    @Test
    void shouldTakeOtherValues() {
        Recipe recipe = Recipes.CHAMPION
                .of(CellModels.FITZHUGH_NAGUMO_1961)
                .with(Map.of("architecture.width", "48", "training.optimiser", "ADAMW", "baseProtocols", "70"));

        assertThat(recipe.architecture().width()).isEqualTo(48);
        assertThat(recipe.training().optimiser()).isEqualTo(Optimiser.Kind.ADAMW);
        assertThat(recipe.baseProtocols()).isEqualTo(70);
    }

    @Test
    void shouldNameTheFieldsThereAre() {
        Recipe recipe = Recipes.CHAMPION.of(CellModels.FITZHUGH_NAGUMO_1961);

        for (String path : List.of("width", "architecture", "architecture.x", "x.width", "training.", ".steps", "")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> recipe.with(Map.of(path, "3")))
                    .withMessageContaining(
                            "has no field '%s'; its fields are architecture.width, architecture.modes", path);
        }
    }

    @Test
    void shouldRefuseValuesThatMakeNoNetwork() {
        Recipe recipe = Recipes.CHAMPION.of(CellModels.FITZHUGH_NAGUMO_1961);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> recipe.with(Map.of("architecture.width", "0")))
                .withMessageContaining("FNO of width 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recipe.with(Map.of("training.batch", "many")))
                .withMessageContaining("many");
    }

    /** As they lie in model files of the first version. */
    @Test
    void shouldReadARecipeFromBeforeThereWasAChoice() {
        Recipe recipe = Recipe.fromJson("""
                {"architecture":{"width":32,"modes":48,"layers":4,"layer":"CLASSIC","activation":"GELU",
                "paddingFraction":0.05,"variables":41},"training":{"batch":32,"steps":20000,"peakLearningRate":0.007,
                "warmUpFraction":0.1,"weightDecay":1.0E-4,"largestGradientNorm":10.0,"stepsPerValidation":500,"seed":1,
                "threads":1},"baseProtocols":16000,"dataSeed":1}""");

        TrainingSettings training = recipe.training();
        assertThat(training.optimiser()).isEqualTo(Optimiser.Kind.ADAMW);
        assertThat(training.stride()).isEqualTo(1);
        assertThat(recipe.grid(CellModels.OHARA_RUDY_2011).stepMs()).isEqualTo(CellModels.OHARA_RUDY_2011.stepMs());
    }
}
