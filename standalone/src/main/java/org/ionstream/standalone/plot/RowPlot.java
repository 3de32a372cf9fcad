package org.ionstream.standalone.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.ionstream.standalone.plot.Pen.Anchor;

/**
 * Rows with a name on the left and bars or boxes along one axis below: what is compared stands in lanes under each other, and
 * names of any length and number can be read.
 *
 * @param title above
 * @param axisTitle below
 * @param axis along the rows
 * @param rows from top to bottom
 * @param legend beneath, in the order named
 */
public record RowPlot(String title, String axisTitle, Axis axis, List<Row> rows, List<Key> legend) implements Plot {
    private static final int TOP = 64;
    private static final int EDGE = 34;
    private static final int AXIS_ROOM = 66;
    private static final int KEY_HEIGHT = 24;
    private static final double LANE = 15;
    private static final double GAP = 9;
    private static final int TICKS = 6;
    private static final double ROOM_FOR_TEXT = 64;

    /**
     * @param name on the left
     * @param lanes from top to bottom
     * @param mark a value that the row is held against, a line across its lanes; null: none
     */
    public record Row(String name, List<Lane> lanes, Double mark) {}

    /** What is drawn beside one row's name; its colour is that of a {@link Key}. */
    public sealed interface Lane {
        /** From the axis's beginning. */
        record Bar(double value, String text, int colour) implements Lane {}

        /** From 5 to 95 %, the box from quartile to quartile, a line at the median, a dot at the mean. */
        record Box(double p05, double lower, double median, double upper, double p95, double mean, int colour)
                implements Lane {}

        /** Not known. */
        record Nothing(String text) implements Lane {}
    }

    /** A colour and what it means; {@code line} is a thin upright stroke, not an area. */
    public record Key(String name, int colour, boolean line) {}

    public RowPlot {
        rows = List.copyOf(rows);
        legend = List.copyOf(legend);
    }

    @Override
    public int width() {
        return PlotStyle.WIDTH;
    }

    @Override
    public int height() {
        double all = rows.stream().mapToDouble(RowPlot::height).sum();
        return (int) Math.ceil(TOP + all + AXIS_ROOM + KEY_HEIGHT * legend.size() + EDGE);
    }

    private static double height(Row row) {
        return LANE * row.lanes().size() + GAP;
    }

    @Override
    public void paint(Graphics2D graphics) {
        Pen pen = new Pen(graphics, width(), height());
        double left = EDGE
                + 10
                + rows.stream()
                        .mapToDouble(row -> pen.widthOf(row.name(), PlotStyle.LABEL))
                        .max()
                        .orElse(0);
        double right = width() - EDGE;
        double bottom = TOP + rows.stream().mapToDouble(RowPlot::height).sum();
        Rectangle2D area = new Rectangle2D.Double(left, TOP, right - left, bottom - TOP);
        pen.text(title, PlotStyle.TITLE, width() / 2.0, TOP / 2.0, Anchor.MIDDLE);
        axis(pen, area);
        double y = TOP;
        for (Row row : rows) {
            row(pen, area, row, y);
            y += height(row);
        }
        legend(pen, left, bottom + AXIS_ROOM);
    }

    private double x(Rectangle2D area, double value) {
        return area.getX() + axis.share(value) * area.getWidth();
    }

    private void axis(Pen pen, Rectangle2D area) {
        for (double tick : axis.ticks(TICKS)) {
            double x = x(area, tick);
            pen.line(x, area.getY(), x, area.getMaxY(), PlotStyle.GRID, 1);
            pen.text(axis.label(tick, TICKS), PlotStyle.LABEL, x, area.getMaxY() + 15, Anchor.MIDDLE);
        }
        pen.frame(area, PlotStyle.GRID);
        pen.text(axisTitle, PlotStyle.AXIS_TITLE, area.getCenterX(), area.getMaxY() + 42, Anchor.MIDDLE);
    }

    private void row(Pen pen, Rectangle2D area, Row row, double y) {
        pen.text(row.name(), PlotStyle.LABEL, area.getX() - 10, y + height(row) / 2, Anchor.RIGHT);
        double lane = y + GAP / 2;
        for (Lane drawn : row.lanes()) {
            if (drawn instanceof Lane.Bar bar) {
                bar(pen, area, bar, lane);
            } else if (drawn instanceof Lane.Box box) {
                box(pen, area, box, lane);
            } else if (drawn instanceof Lane.Nothing nothing) {
                pen.text(nothing.text(), PlotStyle.SMALL, area.getX() + 8, lane + LANE / 2, Anchor.LEFT);
            }
            lane += LANE;
        }
        if (row.mark() != null) {
            double x = x(area, row.mark());
            pen.line(x, y + GAP / 2 - 2, x, y + height(row) - GAP / 2 + 2, PlotStyle.colour(PlotStyle.MARK), 3);
        }
    }

    private void bar(Pen pen, Rectangle2D area, Lane.Bar bar, double y) {
        double end = x(area, bar.value());
        pen.fill(
                new Rectangle2D.Double(area.getX(), y + 1, end - area.getX(), LANE - 2),
                PlotStyle.colour(bar.colour()));
        boolean inside = end + ROOM_FOR_TEXT > area.getMaxX();
        pen.text(
                bar.text(),
                PlotStyle.SMALL,
                inside ? area.getMaxX() - 6 : end + 6,
                y + LANE / 2,
                inside ? Anchor.RIGHT : Anchor.LEFT);
    }

    private void box(Pen pen, Rectangle2D area, Lane.Box box, double y) {
        Color colour = PlotStyle.colour(box.colour());
        double middle = y + LANE / 2;
        pen.line(x(area, box.p05()), middle, x(area, box.p95()), middle, colour, 1.6);
        for (double end : new double[] {box.p05(), box.p95()}) {
            pen.line(x(area, end), y + 4, x(area, end), y + LANE - 4, colour, 1.6);
        }
        double from = x(area, box.lower());
        pen.fill(new Rectangle2D.Double(from, y + 2, Math.max(2, x(area, box.upper()) - from), LANE - 4), colour);
        pen.line(x(area, box.median()), y + 2, x(area, box.median()), y + LANE - 2, Color.WHITE, 2.4);
        pen.dot(x(area, box.mean()), middle, 6.5, PlotStyle.INK);
    }

    private void legend(Pen pen, double left, double top) {
        double y = top + KEY_HEIGHT / 2.0;
        for (Key key : legend) {
            Color colour = PlotStyle.colour(key.colour());
            if (key.line()) {
                pen.line(left + 10, y - 8, left + 10, y + 8, colour, 3);
            } else {
                pen.fill(new Rectangle2D.Double(left, y - 6, 20, 12), colour);
            }
            pen.text(key.name(), PlotStyle.LABEL, left + 30, y, Anchor.LEFT);
            y += KEY_HEIGHT;
        }
    }
}
