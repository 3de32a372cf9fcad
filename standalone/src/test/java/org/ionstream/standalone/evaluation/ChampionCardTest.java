package org.ionstream.standalone.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.release.BundledChampions;
import org.ionstream.trainer.score.PredictionCost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cards in trainer/champions, and the numbers that they and the page are made of. */
class ChampionCardTest {
    private static final PredictionCost UNKNOWN = new PredictionCost("CPU", 1, 1, null);

    static List<CellModel> cellModels() {
        return BundledChampions.cellModels();
    }

    private static OnnxModelFile champion(CellModel cellModel) {
        return OnnxModelFile.parse(BundledChampions.of(cellModel).orElseThrow());
    }

    private static TestedModel tested(CellModel cellModel) {
        return TestedModel.bundled().stream()
                .filter(test -> test.cellModel().equals(cellModel.id()))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("cellModels")
    void shouldStandInTheTreeAsItIsPrinted(CellModel cellModel) throws IOException {
        StringWriter printed = new StringWriter();
        new ChampionCard(champion(cellModel), tested(cellModel)).print(new PrintWriter(printed));

        Path card = Path.of("..", "trainer", "champions", cellModel.id() + ".md");

        assertThat(printed)
                .as("ionstream model card --cell-model=%s > %s".formatted(cellModel.id(), card))
                .hasToString(Files.readString(card));
    }

    @Test
    void shouldHaveNumbersThatTheEvaluationFindsAgain() {
        CellModel cellModel = CellModels.FITZHUGH_NAGUMO_1961;
        Evaluator.Settings onServedGrids = new Evaluator.Settings(1, 0, true);

        ModelReport again = new Evaluator(champion(cellModel), onServedGrids, told -> {})
                .evaluate(UNKNOWN)
                .report();

        TestedModel.Row kept = tested(cellModel).all();
        assertThat(again.all().protocols()).isEqualTo(kept.protocols());
        assertThat(again.all().served().relativeL2().mean()).isCloseTo(kept.servedRelativeL2(), within(1e-6));
        assertThat(again.all().physical().relativeL2().mean()).isCloseTo(kept.physicalRelativeL2(), within(1e-6));
        assertThat(again.firing()).isEqualTo(tested(cellModel).firing());
    }

    @Test
    void shouldRefuseTheTestOfAnotherModel() {
        assertThatThrownBy(() -> new ChampionCard(
                        champion(CellModels.HODGKIN_HUXLEY_1952), tested(CellModels.FITZHUGH_NAGUMO_1961)))
                .hasMessageContaining("--summary=FILE");
    }
}
