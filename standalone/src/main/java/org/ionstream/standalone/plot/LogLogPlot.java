package org.ionstream.standalone.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Curves through points, both axes logarithmic.
 *
 * @param title above
 * @param xTitle quantity and unit
 * @param yTitle quantity and unit
 * @param curves in the order of the legend
 */
public record LogLogPlot(String title, String xTitle, String yTitle, List<Curve> curves) implements Plot {
    /** An axis that begins this little below a decade has its label there. */
    private static final double LABELLED = 0.99;

    /** How a curve is drawn, beside its colour. */
    public enum Stroke {
        SOLID(SeriesMarkers.CIRCLE, new BasicStroke(PlotStyle.LINE_WIDTH)),
        DASHED(
                SeriesMarkers.DIAMOND,
                new BasicStroke(
                        PlotStyle.LINE_WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {8, 5}, 0));

        private final Marker marker;
        private final BasicStroke line;

        Stroke(Marker marker, BasicStroke line) {
            this.marker = marker;
            this.line = line;
        }
    }

    /**
     * @param name in the legend
     * @param x positive
     * @param y positive, as many
     * @param colour the same for curves that belong together
     * @param stroke tells such curves apart
     */
    public record Curve(String name, double[] x, double[] y, int colour, Stroke stroke) {
        public Curve {
            if (x.length != y.length || x.length == 0) {
                throw new IllegalArgumentException("curve '%s' of %d x and %d y".formatted(name, x.length, y.length));
            }
        }
    }

    public LogLogPlot {
        curves = List.copyOf(curves);
    }

    @Override
    public int width() {
        return PlotStyle.WIDTH;
    }

    @Override
    public int height() {
        return PlotStyle.HEIGHT;
    }

    @Override
    public void paint(Graphics2D graphics) {
        chart().paint(graphics, width(), height());
    }

    XYChart chart() {
        XYChart chart = new XYChartBuilder()
                .width(PlotStyle.WIDTH)
                .height(PlotStyle.HEIGHT)
                .title(title)
                .xAxisTitle(xTitle)
                .yAxisTitle(yTitle)
                .build();
        XYStyler styler = chart.getStyler();
        PlotStyle.apply(styler);
        styler.setXAxisLogarithmic(true);
        styler.setYAxisLogarithmic(true);
        styler.setXAxisMin(decadeBelow(Curve::x));
        styler.setXAxisMax(decadeAbove(Curve::x));
        styler.setYAxisMin(decadeBelow(Curve::y));
        styler.setYAxisMax(decadeAbove(Curve::y));
        styler.setXAxisDecimalPattern(pattern(styler.getXAxisMin(), styler.getXAxisMax()));
        styler.setYAxisDecimalPattern(pattern(styler.getYAxisMin(), styler.getYAxisMax()));
        styler.setPlotContentSize(1); // whole decades leave room enough
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setLegendLayout(LegendLayout.Vertical);
        for (Curve curve : curves) {
            XYSeries series = chart.addSeries(curve.name(), curve.x(), curve.y());
            series.setLineColor(PlotStyle.colour(curve.colour()));
            series.setMarkerColor(PlotStyle.colour(curve.colour()));
            series.setLineStyle(curve.stroke().line);
            series.setMarker(curve.stroke().marker);
        }
        return chart;
    }

    private double decadeBelow(Function<Curve, double[]> axis) {
        double smallest = curves.stream()
                .flatMapToDouble(curve -> DoubleStream.of(axis.apply(curve)))
                .min()
                .orElseThrow();
        return LABELLED * Math.pow(10, Math.floor(Math.log10(smallest)));
    }

    private double decadeAbove(Function<Curve, double[]> axis) {
        double largest = curves.stream()
                .flatMapToDouble(curve -> DoubleStream.of(axis.apply(curve)))
                .max()
                .orElseThrow();
        return Math.pow(10, Math.ceil(Math.log10(largest)));
    }

    private static String pattern(double from, double to) {
        return from >= LABELLED && to <= 1e5 ? "#,##0" : "0E0";
    }
}
