package org.ionstream.trainer.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.trainer.fno.FnoArchitecture;
import org.ionstream.trainer.release.Recipe;
import org.ionstream.trainer.release.Recipes;
import org.ionstream.trainer.tuning.StudyPlan.Method;
import org.ionstream.trainer.tuning.search.Hyperparameter;
import org.ionstream.trainer.tuning.search.Study;
import org.ionstream.trainer.tuning.search.SuccessiveHalving;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StudyPlanTest {
    private static final SuccessiveHalving HALVING = new SuccessiveHalving(250, 4, 2);

    static List<CellModel> cellModels() {
        return CellModels.all();
    }

    private static List<CellModel> ofThePaper() {
        return List.of(CellModels.FITZHUGH_NAGUMO_1961, CellModels.HODGKIN_HUXLEY_1952, CellModels.OHARA_RUDY_2011);
    }

    private static StudyPlan plan(CellModel cellModel, Recipes recipe, long largestParameters) {
        return new StudyPlan(
                cellModel.id(),
                StudyPlan.trialRecipe(recipe.of(cellModel), HALVING, 100, 0),
                HyperparameterSpace.PAPER,
                Method.RANDOM,
                40,
                1,
                HALVING,
                largestParameters);
    }

    /** Every proposal of a study in which nothing is known yet. */
    private static List<Study.Order> proposals(StudyPlan plan) {
        Study study = plan.begin();
        return IntStream.range(0, plan.trials())
                .mapToObj(i -> {
                    Study.Order order = study.next().orElseThrow();
                    study.ordered(order);
                    return order;
                })
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cellModels")
    void shouldGiveEveryNetworkAsManyModesAsFitTheParameters(CellModel cellModel) {
        StudyPlan plan = plan(cellModel, Recipes.CHAMPION, 400_000);

        for (Study.Order order : proposals(plan).subList(1, plan.trials())) {
            FnoArchitecture network = plan.recipe(order.point()).architecture();
            int samples = plan.base().grid(cellModel).samples();
            assertThat(network.parameterCount()).isLessThanOrEqualTo(400_000);
            assertThat(network.modes() == network.mostModes(samples) || network.modes() == network.modesWithin(400_000))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("cellModels")
    void shouldBeginWithTheRecipeItself(CellModel cellModel) {
        StudyPlan plan = plan(cellModel, Recipes.CHAMPION, 0);

        Study.Order first = proposals(plan).get(0);

        assertThat(plan.recipe(first.point())).isEqualTo(plan.base());
        assertThat(first.point()).containsEntry("architecture.width", "32").containsEntry("architecture.layer", "MLP");
    }

    @Test
    void shouldTakeModesFromAFirstTrialThatIsTooLarge() {
        StudyPlan plan = plan(CellModels.HODGKIN_HUXLEY_1952, Recipes.CHAMPION, 200_000);

        FnoArchitecture first = plan.recipe(proposals(plan).get(0).point()).architecture();

        assertThat(first.parameterCount()).isBetween(190_000L, 200_000L);
        assertThat(first.modes()).isLessThan(plan.base().architecture().modes());
    }

    @Test
    void shouldExpressThePapersOwnNetworksInThePapersSpace() {
        for (CellModel cellModel : ofThePaper()) {
            for (Recipes recipe : List.of(Recipes.PAPER_CONSTRAINED, Recipes.PAPER_UNCONSTRAINED)) {
                StudyPlan plan = plan(cellModel, recipe, recipe == Recipes.PAPER_CONSTRAINED ? 1_000_000 : 0);

                Map<String, String> first = proposals(plan).get(0).point();

                assertThat(first.keySet())
                        .as("%s of %s", recipe, cellModel.id())
                        .containsExactlyInAnyOrderElementsOf(plan.searchSpace().hyperparameters().stream()
                                .map(Hyperparameter::name)
                                .toList());
            }
        }
    }

    @Test
    void shouldSearchModesOnlyWhereTheParametersDoNotDecideThem() {
        StudyPlan plan = plan(CellModels.FITZHUGH_NAGUMO_1961, Recipes.PAPER_UNCONSTRAINED, 0);

        assertThat(plan.searchSpace().hyperparameters()).hasSize(9);
        assertThat(plan.searchSpace().random(new SplittableRandom(1)).get("architecture.modes"))
                .isIn("2", "4", "8", "12", "16", "20", "24", "28", "32");
        assertThat(TinyStudies.plan(3, 5_000).searchSpace().hyperparameters())
                .extracting(Hyperparameter::name)
                .hasSize(8)
                .doesNotContain("architecture.modes");
    }

    @Test
    void shouldTravelAsJson() {
        StudyPlan plan = TinyStudies.plan(7, 5_000);

        assertThat(StudyPlan.fromJson(plan.toJson())).isEqualTo(plan);
        assertThatIllegalArgumentException().isThrownBy(() -> StudyPlan.fromJson("{\"cellModel\": 1"));
    }

    @Test
    void shouldGoOnWithAnotherNumberOfTrialsOnly() {
        assertThat(TinyStudies.plan(7, 5_000).continues(TinyStudies.plan(3, 5_000)))
                .isTrue();
        assertThat(TinyStudies.plan(7, 5_000).continues(TinyStudies.plan(7, 6_000)))
                .isFalse();
    }

    @Test
    void shouldRefuseWhatCannotBeSearched() {
        Recipe longer = TinyStudies.recipe().with(Map.of("training.steps", "1000"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TinyStudies.plan(3, 100).begin())
                .withMessageContaining("more than 100 with any number of modes");
        assertThatIllegalArgumentException().isThrownBy(() -> TinyStudies.plan(3, -1));
        StudyPlan coarse = new StudyPlan(
                TinyStudies.CELL_MODEL.id(),
                TinyStudies.recipe().with(Map.of("samples", "6")),
                HyperparameterSpace.PAPER,
                Method.TPE,
                3,
                1,
                TinyStudies.HALVING,
                0);
        assertThatIllegalArgumentException()
                .isThrownBy(coarse::begin)
                .withMessageContaining("4 modes on 6 samples, which tell 3 apart");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StudyPlan(
                        TinyStudies.CELL_MODEL.id(),
                        longer,
                        HyperparameterSpace.PAPER,
                        Method.TPE,
                        3,
                        1,
                        TinyStudies.HALVING,
                        0))
                .withMessageContaining("a recipe of 1000 steps");
    }
}
