package org.ionstream.standalone.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.standalone.IonstreamMain;
import org.ionstream.trainer.release.BundledChampions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelCardTextTest {
    private static final Path CHAMPIONS = Path.of("../trainer/src/main/resources/champions");
    /** With a point or an exponent: counts, seeds and hashes have none. */
    private static final Pattern MEASURED = Pattern.compile("\\d+\\.\\d+(e-?\\d+)?");

    /** Processors differ in the last bits of a prediction, and in what is computed from them. */
    private static final double LARGEST_CHANGE = 0.02;

    private static final double ROUNDING = 2e-4;

    static Stream<String> bundled() {
        return BundledChampions.cellModels().stream().map(CellModel::id);
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void shouldMakeTheCardInTheTree(String cellModel) throws IOException {
        String checkedIn = Files.readString(CHAMPIONS.resolve(cellModel + ".md"));
        StringWriter card = new StringWriter();

        int exitCode = IonstreamMain.commandLine()
                .setOut(new PrintWriter(card))
                .setErr(new PrintWriter(new StringWriter()))
                .execute("model", "card", "--cell-model=" + cellModel);

        assertThat(exitCode).isZero();
        assertThat(MEASURED.matcher(card.toString()).replaceAll("#"))
                .as("%s.md; make it anew with ionstream model card --cell-model=%s", cellModel, cellModel)
                .isEqualTo(MEASURED.matcher(checkedIn).replaceAll("#"));
        List<Double> made = numbers(card.toString());
        List<Double> kept = numbers(checkedIn);
        assertThat(made).hasSizeGreaterThan(50).hasSameSizeAs(kept);
        for (int i = 0; i < made.size(); i++) {
            assertThat(made.get(i))
                    .as("number %d of %s.md", i, cellModel)
                    .isCloseTo(kept.get(i), within(LARGEST_CHANGE * Math.abs(kept.get(i)) + ROUNDING));
        }
    }

    private static List<Double> numbers(String text) {
        return MEASURED.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(Double::parseDouble)
                .toList();
    }
}
