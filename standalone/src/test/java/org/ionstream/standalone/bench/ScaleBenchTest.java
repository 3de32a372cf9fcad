package org.ionstream.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.release.BundledChampions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bench in small: that it measures, not how fast. */
class ScaleBenchTest {
    @Test
    void shouldMeasureBothStagesWithOneAndTwoInstances(@TempDir Path directory) {
        OnnxModelFile file = OnnxModelFile.parse(
                BundledChampions.of(CellModels.FITZHUGH_NAGUMO_1961).orElseThrow());
        ScaleBench bench = new ScaleBench(new ScaleBench.Settings(List.of(1, 2), 10_000, 1), new Progress(told -> {}));

        ScaleReport report = bench.measure(file, directory.resolve("broker"));

        assertThat(report.rows())
                .extracting(row -> row.stage() + " " + row.instances())
                .containsExactly("surrogate 1", "surrogate 2", "reference 1", "reference 2");
        assertThat(report.rows()).allSatisfy(row -> {
            assertThat(row.perSecond()).isPositive();
            assertThat(row.expected()).isPositive();
        });
        StringWriter text = new StringWriter();
        report.print(new PrintWriter(text));
        assertThat(text.toString()).contains("of expected", "reference");
    }

    @Test
    void shouldRefuseMoreInstancesThanPartitions() {
        assertThatThrownBy(() -> new ScaleBench.Settings(List.of(5), 10_000, 1)).hasMessageContaining("from 1 to 4");
        assertThatThrownBy(() -> new ScaleBench.Settings(List.of(1), 10, 1)).hasMessageContaining("10000 at least");
    }
}
