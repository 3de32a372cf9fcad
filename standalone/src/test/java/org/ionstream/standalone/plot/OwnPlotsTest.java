package org.ionstream.standalone.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.ionstream.standalone.plot.PanelPlot.Curve;
import org.ionstream.standalone.plot.PanelPlot.Look;
import org.ionstream.standalone.plot.PanelPlot.Panel;
import org.ionstream.standalone.plot.RowPlot.Key;
import org.ionstream.standalone.plot.RowPlot.Lane;
import org.ionstream.standalone.plot.RowPlot.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows and panels. */
class OwnPlotsTest {
    @Test
    void shouldDrawBarsAndBoxesBesideTheirNames(@TempDir Path folder) throws IOException {
        RowPlot plot = new RowPlot(
                "title",
                "error",
                new Axis(0.001, 1, true),
                List.of(
                        new Row("first", List.of(new Lane.Bar(0.1, "0.1", 0), new Lane.Nothing("not known")), null),
                        new Row("second", List.of(new Lane.Box(0.002, 0.01, 0.02, 0.1, 0.5, 0.05, 2)), 0.02)),
                List.of(new Key("ours", 0, false), new Key("the paper's", 1, true)));

        List<Path> files = plot.write(folder, "rows");

        assertThat(ImageIO.read(files.get(0).toFile()).getHeight()).isEqualTo(plot.height());
        assertThat(Files.readString(files.get(1))).contains("second", "not known", "the paper's");
    }

    @Test
    void shouldGrowWithItsRows() {
        Axis axis = new Axis(0, 1, false);
        Row row = new Row("row", List.of(new Lane.Bar(0.1, "", 0)), null);

        assertThat(new RowPlot("", "", axis, List.of(row, row), List.of()).height())
                .isGreaterThan(new RowPlot("", "", axis, List.of(row), List.of()).height());
    }

    @Test
    void shouldDrawPanelsInColumns(@TempDir Path folder) throws IOException {
        Axis axis = new Axis(0, 2, false);
        double[] x = {0, 1, 2};
        List<Panel> column = List.of(
                new Panel(
                        "above",
                        "",
                        "V (mV)",
                        axis,
                        axis,
                        List.of(
                                new Curve(x, new double[] {0, Double.NaN, 2}, 0, Look.SOLID),
                                new Curve(x, new double[] {0, 1, 2}, 1, Look.DASHED)),
                        100),
                new Panel("", "t (ms)", "I", axis, axis, List.of(new Curve(x, x, 2, Look.FILLED)), 50));
        PanelPlot plot = new PanelPlot(
                "title", List.of(column, column), List.of(new PanelPlot.Legend("reference", 0, Look.SOLID)));

        List<Path> files = plot.write(folder, "panels");

        assertThat(ImageIO.read(files.get(0).toFile()).getWidth()).isEqualTo(plot.width());
        assertThat(Files.readString(files.get(1))).contains("above", "t (ms)", "reference");
        assertThatThrownBy(() -> new PanelPlot("", List.of(column, column.subList(0, 1)), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldDrawALineThroughParallelAxesForEachThing(@TempDir Path folder) throws IOException {
        List<ParallelPlot.Column> columns = List.of(
                new ParallelPlot.Column("width", new Axis(0, 64, false), List.of()),
                new ParallelPlot.Column("activation", new Axis(-0.5, 1.5, false), List.of("GELU", "TANH")),
                new ParallelPlot.Column("error", new Axis(0.01, 1, true), List.of()));
        ParallelPlot plot = new ParallelPlot(
                "trials",
                columns,
                List.of(
                        new ParallelPlot.Line(new double[] {32, 0, 0.02}, 0, false),
                        new ParallelPlot.Line(new double[] {16, Double.NaN, 0.5}, 0.5, true)),
                "the first");

        List<Path> files = plot.write(folder, "parallel");

        assertThat(ImageIO.read(files.get(0).toFile()).getWidth()).isEqualTo(plot.width());
        assertThat(Files.readString(files.get(1))).contains("activation", "TANH", "the first", "0.01");
        assertThatThrownBy(() -> new ParallelPlot(
                        "", columns, List.of(new ParallelPlot.Line(new double[] {1, 2}, 0, false)), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 values through 3 columns");
    }
}
