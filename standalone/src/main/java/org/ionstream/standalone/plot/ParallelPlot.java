package org.ionstream.standalone.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.Comparator;
import java.util.List;
import org.ionstream.standalone.plot.Pen.Anchor;

/**
 * Parallel coordinates (A. Inselberg, "The plane with parallel coordinates", 1985, DOI 10.1007/BF01898350): an upright axis for
 * each quantity, a line through all of them for each thing that has these quantities. Good ones are dark and on top.
 *
 * @param title above
 * @param columns from left to right, at least two
 * @param lines through all columns
 * @param marked what the line that is drawn dashed is; empty: none is
 */
public record ParallelPlot(String title, List<Column> columns, List<Line> lines, String marked) implements Plot {
    private static final int COLUMN_WIDTH = 128;
    private static final int SIDE = 90;
    private static final int TOP = 112;
    private static final int HEIGHT = 420;
    private static final int BOTTOM = 66;
    private static final int TICKS = 5;
    private static final int DOT = 7;
    private static final Color POOR = new Color(0xd9dfe4);

    /**
     * @param title above the axis
     * @param axis of its values
     * @param categories of which the values are the indices; empty: the values are numbers
     */
    public record Column(String title, Axis axis, List<String> categories) {
        public Column {
            categories = List.copyOf(categories);
        }
    }

    /**
     * @param values as many as columns; not finite: a gap
     * @param rank from 0, the best, to 1
     * @param isMarked whether it is drawn dashed, in another colour
     */
    public record Line(double[] values, double rank, boolean isMarked) {}

    public ParallelPlot {
        columns = List.copyOf(columns);
        lines = List.copyOf(lines);
        for (Line line : lines) {
            if (line.values().length != columns.size() || columns.size() < 2) {
                throw new IllegalArgumentException(
                        "a line of %d values through %d columns; as many, at least 2, are needed"
                                .formatted(line.values().length, columns.size()));
            }
        }
    }

    @Override
    public int width() {
        return Math.max(PlotStyle.WIDTH, 2 * SIDE + COLUMN_WIDTH * (columns.size() - 1));
    }

    @Override
    public int height() {
        return TOP + HEIGHT + BOTTOM;
    }

    @Override
    public void paint(Graphics2D graphics) {
        Pen pen = new Pen(graphics, width(), height());
        pen.text(title, PlotStyle.TITLE, width() / 2.0, 30, Anchor.MIDDLE);
        for (int i = 0; i < columns.size(); i++) {
            pen.line(x(i), TOP, x(i), TOP + HEIGHT, PlotStyle.INK, 1);
        }
        lines.stream()
                .sorted(Comparator.comparing(Line::isMarked).thenComparing(Line::rank, Comparator.reverseOrder()))
                .forEach(line -> line(pen, line));
        for (int i = 0; i < columns.size(); i++) {
            labels(pen, columns.get(i), x(i), i % 2 == 0 ? 0 : 18);
        }
        if (!marked.isEmpty()) {
            Path2D key = new Path2D.Double();
            key.moveTo(SIDE, height() - 26.0);
            key.lineTo(SIDE + 36.0, height() - 26.0);
            pen.dashed(key, PlotStyle.colour(PlotStyle.MARK), 2);
            pen.text(marked, PlotStyle.LABEL, SIDE + 44.0, height() - 26.0, Anchor.LEFT);
        }
    }

    private double x(int column) {
        return SIDE + column * (width() - 2.0 * SIDE) / (columns.size() - 1);
    }

    private double y(int column, double value) {
        return TOP + HEIGHT * (1 - columns.get(column).axis().share(value));
    }

    /** @param lift of the title, so that neighbours do not touch */
    private static void labels(Pen pen, Column column, double x, int lift) {
        pen.text(column.title(), PlotStyle.LABEL, x, TOP - 26.0 - lift, Anchor.MIDDLE);
        if (!column.categories().isEmpty()) {
            for (int i = 0; i < column.categories().size(); i++) {
                label(pen, column, i, column.categories().get(i), x);
            }
            return;
        }
        for (double tick : column.axis().ticks(TICKS)) {
            label(pen, column, tick, column.axis().label(tick, TICKS), x);
        }
    }

    private static void label(Pen pen, Column column, double value, String text, double x) {
        double y = TOP + HEIGHT * (1 - column.axis().share(value));
        pen.line(x - 4, y, x + 4, y, PlotStyle.INK, 1);
        pen.text(text, PlotStyle.SMALL, x - 8, y, Anchor.RIGHT);
    }

    private void line(Pen pen, Line line) {
        Path2D path = new Path2D.Double();
        boolean open = false;
        for (int i = 0; i < line.values().length; i++) {
            double value = line.values()[i];
            if (!Double.isFinite(value)) {
                open = false;
            } else if (open) {
                path.lineTo(x(i), y(i, value));
            } else {
                path.moveTo(x(i), y(i, value));
                open = true;
            }
            if (line.isMarked() && open) {
                pen.dot(x(i), y(i, value), DOT, PlotStyle.colour(PlotStyle.MARK)); // also between two gaps
            }
        }
        if (line.isMarked()) {
            pen.dashed(path, PlotStyle.colour(PlotStyle.MARK), 2.4);
        } else {
            pen.solid(path, shade(line.rank()), line.rank() == 0 ? 3 : 1.4);
        }
    }

    /** Dark for few: the square root leaves the better half most of the range. */
    private static Color shade(double rank) {
        Color good = PlotStyle.colour(0);
        double share = Math.sqrt(Math.max(0, Math.min(1, rank)));
        return new Color(
                mixed(good.getRed(), POOR.getRed(), share),
                mixed(good.getGreen(), POOR.getGreen(), share),
                mixed(good.getBlue(), POOR.getBlue(), share));
    }

    private static int mixed(int from, int to, double share) {
        return (int) Math.round(from + share * (to - from));
    }
}
