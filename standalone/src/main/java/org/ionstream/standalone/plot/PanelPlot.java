package org.ionstream.standalone.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.ionstream.standalone.plot.Pen.Anchor;

/**
 * Panels of curves beside and beneath each other.
 *
 * @param title above
 * @param columns from left to right, each of panels from top to bottom, as many in each
 * @param legend beneath
 */
public record PanelPlot(String title, List<List<Panel>> columns, List<Legend> legend) implements Plot {
    private static final int TOP = 58;
    private static final int EDGE = 24;
    private static final int HEADING = 44;
    private static final int BETWEEN = 14;
    private static final int LABELS = 98;
    private static final int X_LABELS = 58;
    private static final int KEYS = 28;
    private static final int LEGEND_LINES = 2;
    private static final int X_TICKS = 5;
    private static final int Y_TICKS = 4;
    private static final int DOT = 9;

    /** How a curve is drawn. */
    public enum Look {
        SOLID,
        DASHED,
        FILLED,
        DOTS
    }

    /**
     * @param x as many as y
     * @param y not finite: a gap
     * @param colour of the style
     */
    public record Curve(double[] x, double[] y, int colour, Look look) {
        public Curve {
            if (x.length != y.length) {
                throw new IllegalArgumentException("curve of %d x and %d y".formatted(x.length, y.length));
            }
        }
    }

    /**
     * @param heading above, of one or two lines; empty: none
     * @param xTitle below; empty: no labels either
     * @param yTitle at the left
     * @param height in pixels
     */
    public record Panel(String heading, String xTitle, String yTitle, Axis x, Axis y, List<Curve> curves, int height) {}

    /** What a colour and look mean. */
    public record Legend(String name, int colour, Look look) {}

    public PanelPlot {
        columns = List.copyOf(columns);
        legend = List.copyOf(legend);
        if (columns.stream().map(List::size).distinct().count() != 1) {
            throw new IllegalArgumentException("columns of different numbers of panels, or none");
        }
    }

    @Override
    public int width() {
        return Math.max(PlotStyle.WIDTH, 2 * EDGE + 360 * columns.size());
    }

    @Override
    public int height() {
        return TOP + columns.get(0).stream().mapToInt(PanelPlot::height).sum() + LEGEND_LINES * KEYS + EDGE;
    }

    private static int height(Panel panel) {
        return panel.height()
                + BETWEEN
                + (panel.heading().isEmpty() ? 0 : HEADING)
                + (panel.xTitle().isEmpty() ? 0 : X_LABELS);
    }

    @Override
    public void paint(Graphics2D graphics) {
        Pen pen = new Pen(graphics, width(), height());
        pen.text(title, PlotStyle.TITLE, width() / 2.0, TOP / 2.0, Anchor.MIDDLE);
        double columnWidth = (width() - 2.0 * EDGE) / columns.size();
        for (int column = 0; column < columns.size(); column++) {
            double top = TOP;
            for (Panel panel : columns.get(column)) {
                double inner = top + (panel.heading().isEmpty() ? 0 : HEADING);
                double left = EDGE + column * columnWidth + LABELS;
                panel(pen, panel, new Rectangle2D.Double(left, inner, columnWidth - LABELS - BETWEEN, panel.height()));
                top += height(panel);
            }
        }
        legend(pen);
    }

    private static void panel(Pen pen, Panel panel, Rectangle2D area) {
        double heading = area.getY() - HEADING + 10;
        for (String line : panel.heading().split("\n")) {
            pen.text(line, PlotStyle.SUBTITLE, area.getCenterX(), heading, Anchor.MIDDLE);
            heading += 18;
        }
        for (double tick : panel.x().ticks(X_TICKS)) {
            double x = area.getX() + panel.x().share(tick) * area.getWidth();
            pen.line(x, area.getY(), x, area.getMaxY(), PlotStyle.GRID, 1);
            if (!panel.xTitle().isEmpty()) {
                pen.text(panel.x().label(tick, X_TICKS), PlotStyle.SMALL, x, area.getMaxY() + 13, Anchor.MIDDLE);
            }
        }
        int yTicks = panel.height() < 80 ? 2 : Y_TICKS;
        for (double tick : panel.y().ticks(yTicks)) {
            double y = y(panel, area, tick);
            pen.line(area.getX(), y, area.getMaxX(), y, PlotStyle.GRID, 1);
            pen.text(panel.y().label(tick, yTicks), PlotStyle.SMALL, area.getX() - 6, y, Anchor.RIGHT);
        }
        pen.frame(area, PlotStyle.GRID);
        pen.text(panel.xTitle(), PlotStyle.LABEL, area.getCenterX(), area.getMaxY() + 36, Anchor.MIDDLE);
        pen.upright(panel.yTitle(), PlotStyle.SMALL, area.getX() - LABELS + 12, area.getCenterY());
        panel.curves().forEach(curve -> curve(pen, panel, area, curve));
    }

    private static double y(Panel panel, Rectangle2D area, double value) {
        return area.getMaxY() - panel.y().share(value) * area.getHeight();
    }

    private static void curve(Pen pen, Panel panel, Rectangle2D area, Curve curve) {
        Path2D path = new Path2D.Double();
        Color colour = PlotStyle.colour(curve.colour());
        boolean drawing = false;
        for (int i = 0; i < curve.x().length; i++) {
            if (!Double.isFinite(curve.y()[i])) {
                drawing = false;
                continue;
            }
            double x = area.getX() + panel.x().share(curve.x()[i]) * area.getWidth();
            double y = y(panel, area, curve.y()[i]);
            if (drawing) {
                path.lineTo(x, y);
            } else {
                path.moveTo(x, y);
            }
            drawing = true;
            if (curve.look() == Look.DOTS) {
                pen.dot(x, y, DOT, colour);
            }
        }
        switch (curve.look()) {
            case SOLID -> pen.solid(path, colour, 1.8);
            case DASHED -> pen.dashed(path, colour, 1.8);
            case DOTS -> pen.solid(path, colour, 1.4);
            case FILLED -> pen.fill(path, colour);
        }
    }

    private void legend(Pen pen) {
        double x = EDGE + LABELS;
        double y = height() - EDGE - KEYS * (LEGEND_LINES - 0.5);
        for (Legend key : legend) {
            double width = 44 + pen.widthOf(key.name(), PlotStyle.LABEL) + 34;
            if (x + width > width()) {
                x = EDGE + LABELS;
                y += KEYS;
            }
            Color colour = PlotStyle.colour(key.colour());
            Path2D stroke = new Path2D.Double();
            stroke.moveTo(x, y);
            stroke.lineTo(x + 36, y);
            switch (key.look()) {
                case SOLID -> pen.solid(stroke, colour, 2);
                case DASHED -> pen.dashed(stroke, colour, 2);
                case DOTS -> {
                    pen.solid(stroke, colour, 1.4);
                    pen.dot(x + 18, y, DOT, colour);
                }
                case FILLED -> pen.fill(new Rectangle2D.Double(x + 8, y - 6, 20, 12), colour);
            }
            pen.text(key.name(), PlotStyle.LABEL, x + 44, y, Anchor.LEFT);
            x += width;
        }
    }
}
