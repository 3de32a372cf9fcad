package org.ionstream.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.release.BundledChampions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamBenchTest {
    @Test
    void shouldMeasureTheStageTheStreamAndKafkaAlone(@TempDir Path state) {
        OnnxModelFile file = OnnxModelFile.parse(
                BundledChampions.of(CellModels.FITZHUGH_NAGUMO_1961).orElseThrow());
        StreamBench.Settings small = new StreamBench.Settings(ComputeDevice.CPU, 1, 1, 400, 4, 1);

        StreamReport report =
                new StreamBench(small, new Progress(line -> {})).measure(List.of(file), state.resolve("broker"));

        StreamReport.OfCellModel measured = report.cellModels().get(0);
        assertThat(measured.costs())
                .hasSize(3)
                .allSatisfy(row -> assertThat(row.inference()).isPositive());
        assertThat(measured.costs().get(0).bytes()).isGreaterThan(2 * 320 * 4);
        assertThat(measured.streams())
                .hasSize(3)
                .allSatisfy(stream -> assertThat(stream.perSecond()).isPositive());
        assertThat(measured.latency().medianMs())
                .isPositive()
                .isLessThanOrEqualTo(measured.latency().p99Ms());
        assertThat(measured.plain().exactlyOnce().perSecond()).isPositive();
        StringWriter text = new StringWriter();
        new StreamReportText(new PrintWriter(text)).print(report);
        assertThat(text.toString()).contains("biomarkers only", "of the bare model", "exactly once");
    }
}
