package org.ionstream.standalone.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.ionstream.standalone.plot.LogLogPlot.Curve;
import org.ionstream.standalone.plot.LogLogPlot.Stroke;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogLogPlotTest {
    private final LogLogPlot plot = new LogLogPlot(
            "title",
            "x",
            "y",
            List.of(
                    new Curve("one", new double[] {12, 340}, new double[] {3e-9, 2e-5}, 0, Stroke.SOLID),
                    new Curve("other", new double[] {20}, new double[] {1e-6}, 1, Stroke.DASHED)));

    @Test
    void shouldWriteAnImageAndAVectorDrawing(@TempDir Path folder) throws Exception {
        List<Path> files = plot.write(folder.resolve("made"), "plot");

        assertThat(files).extracting(Path::getFileName).map(Path::toString).containsExactly("plot.png", "plot.svg");
        assertThat(ImageIO.read(files.get(0).toFile()).getWidth()).isEqualTo(PlotStyle.WIDTH);
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        var root = factory.newDocumentBuilder().parse(files.get(1).toFile()).getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("svg");
        assertThat(root.getElementsByTagName("path").getLength()).isGreaterThan(20);
    }

    @Test
    void shouldSpanWholeDecades() {
        var styler = plot.chart().getStyler();

        assertThat(styler.getXAxisMin()).isBetween(9.8, 10.0);
        assertThat(styler.getYAxisMax()).isBetween(0.99e-4, 1.01e-4);
    }

    @Test
    void shouldRefuseACurveWithoutPoints() {
        assertThatThrownBy(() -> new Curve("empty", new double[0], new double[0], 0, Stroke.SOLID))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'empty' of 0 x and 0 y");
    }
}
