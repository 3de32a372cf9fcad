package org.ionstream.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.standalone.machine.Machine;
import org.junit.jupiter.api.Test;

/** No figure of time is asserted: they depend on the machine. */
class SolverBenchTest {
    private static final SolverBench.Settings TINY =
            new SolverBench.Settings(2, 1, 0, 1, List.of(1e-4, 1e-5, 1e-8, 1e-6, 1e-7));
    private static final Progress SILENT = new Progress(line -> {});

    @Test
    void shouldErrLessTheTighterTheTolerance() {
        WorkPrecision measured = new SolverBench(CellModels.FITZHUGH_NAGUMO_1961, TINY, SILENT).measure();

        assertThat(measured.reference()).hasSize(5).isSortedAccordingTo(byErrorDescending());
        assertThat(measured.anchor()).hasSize(6).isSortedAccordingTo(byErrorDescending());
        assertThat(measured.reference().get(4).errors().mean()).isBetween(1e-10, 1e-7);
        assertThat(measured.truthDoubt()).isLessThan(1e-11);
    }

    @Test
    void shouldErrAndWorkTheSameInEveryRun() {
        WorkPrecision first = new SolverBench(CellModels.HODGKIN_HUXLEY_1952, TINY, SILENT).measure();
        WorkPrecision second = new SolverBench(CellModels.HODGKIN_HUXLEY_1952, TINY, SILENT).measure();

        assertThat(second.anchor())
                .usingRecursiveComparison()
                .ignoringFields("solvesPerSecond")
                .isEqualTo(first.anchor());
    }

    @Test
    void shouldPrintARowForEachMethodAndToleranceAndSayWhatIsOfAnotherRun() {
        WorkPrecision measured = new SolverBench(CellModels.FITZHUGH_NAGUMO_1961, TINY, SILENT).measure();
        List<StageThroughput> stage =
                StageThroughput.measure(CellModels.FITZHUGH_NAGUMO_1961, TINY, SolverSettings.AUDIT, 2, SILENT);
        SolverReport report = new SolverReport(
                Machine.here(),
                TINY,
                List.of(new SolverReport.OfCellModel(
                        measured, 1e-8, stage, PublishedAnchors.of(measured.cellModel()))));
        StringWriter text = new StringWriter();

        new SolverReportText(new PrintWriter(text)).print(report);

        assertThat(text.toString().lines().filter(line -> line.matches("Tsitouras 5\\(4\\) +1e-0[4-8].* V .*")))
                .hasSize(5);
        assertThat(text.toString().lines().filter(line -> line.matches("Hipparchus DP5\\(4\\) +1e-0[4-9].*")))
                .hasSize(6);
        assertThat(text.toString())
                .contains("seed 1", "not of this run", "target: at least 1 times")
                .containsPattern("(?m)^ +2 .*\\)");
    }

    @Test
    void shouldTakeTheFirstOfMoreProtocolsWhenThereAreFewer() {
        var few = GeneralSubset.of(CellModels.OHARA_RUDY_2011, 2, 7);
        var more = GeneralSubset.of(CellModels.OHARA_RUDY_2011, 5, 7);

        assertThat(more.subList(0, 2)).isEqualTo(few);
        assertThat(more).allSatisfy(stimulus -> {
            assertThat(stimulus.pulses().get(0).getAmplitude()).isBetween(0.0, 20.0);
            assertThat(stimulus.grid().horizonMs()).isEqualTo(1000);
        });
    }

    @Test
    void shouldCountThreadsInPowersOfTwoUpToAllProcessors() {
        assertThat(StageThroughput.threadCounts(1)).containsExactly(1);
        assertThat(StageThroughput.threadCounts(2)).containsExactly(1, 2);
        assertThat(StageThroughput.threadCounts(6)).containsExactly(1, 2, 4, 6);
    }

    @Test
    void shouldRefuseToMeasureNothing() {
        assertThatThrownBy(() -> new SolverBench.Settings(0, 1, 0, 1, List.of(1e-6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 protocols, 1 rounds");
    }

    private static Comparator<WorkPrecision.Point> byErrorDescending() {
        return Comparator.comparingDouble(point -> -point.errors().mean());
    }
}
