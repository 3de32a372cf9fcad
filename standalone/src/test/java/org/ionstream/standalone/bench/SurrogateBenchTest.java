package org.ionstream.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.standalone.machine.Machine;
import org.ionstream.standalone.plot.LogLogPlot;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.release.BundledChampions;
import org.junit.jupiter.api.Test;

/** No figure of time is asserted: they depend on the machine. */
class SurrogateBenchTest {
    private static final SurrogateBench.Settings TINY =
            new SurrogateBench.Settings(ComputeDevice.CPU, List.of(1, 6), List.of(1, 2), 1, 0.01, 1);

    @Test
    void shouldMeasureEveryBatchOnEveryNumberOfThreads() {
        OnnxModelFile champion = OnnxModelFile.parse(
                BundledChampions.of(CellModels.FITZHUGH_NAGUMO_1961).orElseThrow());

        SurrogateThroughput measured = new SurrogateBench(champion, TINY, new Progress(line -> {})).measure();

        assertThat(measured.rows())
                .extracting(row -> row.threads() + "x" + row.batch())
                .containsExactly("1x1", "1x6", "2x1", "2x6");
        assertThat(measured.rows())
                .allSatisfy(row -> assertThat(row.perSecond().median()).isPositive());
        assertThat(measured.device()).isEqualTo("CPU");
        assertThat(measured.nodesByProvider()).containsOnlyKeys("CPUExecutionProvider");
        assertThat(measured.largestDifferenceFromCpu()).isEmpty();
    }

    @Test
    void shouldSayWhereTheSurrogateDoesNotPayAndWhetherTheTargetIsMet() {
        String text = text(
                measured("fitzhugh-nagumo-1961", 2, "CPU", 10_000, 5_000),
                measured("ohara-rudy-2011", 41, "CPU", 2_000, 11_000));

        assertThat(text)
                .contains("in batches of 32 on one core the surrogate is 2.00 times slower than solving\n")
                .contains("the surrogate is 5.50 times faster than solving; target at least 5 times: met")
                .contains("nodes      90 of 90 on CPUExecutionProvider")
                .contains("operators  MatMul 75 %, Gelu 25 %");
    }

    @Test
    void shouldSayHowFarAGpuIsFromTheCpu() {
        SurrogateThroughput measured = measured("ohara-rudy-2011", 41, "CUDA", 2_000, 80_000);

        assertThat(text(measured))
                .contains("GPU        A GPU, 1.2.3")
                .contains("outputs differ by at most 2.0e-06 of the variable's excursion, Ca_i")
                .contains("on CUDA the surrogate is 40.00 times faster");
    }

    @Test
    void shouldDrawTheSolverAsALevelLineAcrossAllBatches() {
        LogLogPlot plot = ThroughputPlot.of(report(measured("ohara-rudy-2011", 41, "CPU", 2_000, 11_000)));

        assertThat(plot.curves()).hasSize(2);
        assertThat(plot.curves().get(0).x()).containsExactly(32);
        assertThat(plot.curves().get(1).y()).containsExactly(2_000, 2_000);
        assertThat(plot.curves().get(1).x()).containsExactly(1, 10);
    }

    @Test
    void shouldRefuseWhatCannotBeMeasured() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new SurrogateBench.Settings(ComputeDevice.CPU, List.of(1, 5000), List.of(1), 1, 0.1, 1))
                .withMessageContaining("5000")
                .withMessageContaining("1 to 4096");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SurrogateBench.Settings(ComputeDevice.CPU, List.of(1), List.of(0), 1, 0.1, 1))
                .withMessageContaining("threads [0]");
    }

    private static SurrogateThroughput measured(
            String cellModel, int variables, String device, double solver, double surrogate) {
        return new SurrogateThroughput(
                cellModel,
                "m-1",
                250,
                variables,
                0.01,
                device,
                Spread.of(solver),
                List.of(new SurrogateThroughput.Row(1, 32, Spread.of(surrogate), surrogate / solver)),
                Map.of(device + "ExecutionProvider", 90),
                Map.of("MatMul", 0.75, "Gelu", 0.25),
                device.equals("CPU") ? Map.of() : Map.of("V", 1e-6, "Ca_i", 2e-6));
    }

    private static SurrogateReport report(SurrogateThroughput... measured) {
        SurrogateBench.Settings settings =
                new SurrogateBench.Settings(ComputeDevice.CPU, List.of(1), List.of(1), 1, 0.1, 1);
        return new SurrogateReport(Machine.here(), "2026-11-23", "A GPU, 1.2.3", settings, List.of(measured));
    }

    private static String text(SurrogateThroughput... measured) {
        StringWriter text = new StringWriter();
        new SurrogateReportText(new PrintWriter(text)).print(report(measured));
        return text.toString();
    }
}
