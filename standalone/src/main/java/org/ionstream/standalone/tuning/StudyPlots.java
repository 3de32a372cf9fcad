package org.ionstream.standalone.tuning;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.ionstream.standalone.plot.Axis;
import org.ionstream.standalone.plot.PanelPlot;
import org.ionstream.standalone.plot.PanelPlot.Curve;
import org.ionstream.standalone.plot.PanelPlot.Legend;
import org.ionstream.standalone.plot.PanelPlot.Look;
import org.ionstream.standalone.plot.PanelPlot.Panel;
import org.ionstream.standalone.plot.ParallelPlot;
import org.ionstream.standalone.plot.ParallelPlot.Column;
import org.ionstream.standalone.plot.ParallelPlot.Line;
import org.ionstream.trainer.tuning.StudyReport;
import org.ionstream.trainer.tuning.StudyReport.Row;

/** The two plots of a study: how the best error came down, and which values the good trials have. */
public final class StudyPlots {
    private static final String ERROR = "mean relative L2 error, standardised";
    private static final int HEIGHT = 480;
    /** From the lower end of the errors' axis to its upper one. */
    private static final double MOST_TIMES = 1_000;

    private static final int BEST = 6;
    private static final int BEGUN = 1;

    private StudyPlots() {}

    /**
     * @param folder made if it is not there
     * @return the four files
     */
    public static List<Path> write(StudyReport report, Path folder) {
        List<Path> files = new ArrayList<>(history(report).write(folder, "tuning-history"));
        files.addAll(parameters(report).write(folder, "tuning-parameters"));
        return files;
    }

    private static PanelPlot history(StudyReport report) {
        List<Row> trained = report.rows().stream()
                .filter(row -> !row.failed())
                .sorted(Comparator.comparingInt(Row::trial))
                .toList();
        List<Curve> curves = new ArrayList<>();
        List<Legend> legend = new ArrayList<>();
        int[] colours = {5, 0, 2, 3, 4};
        for (int rung = 0; rung < report.plan().halving().rungs(); rung++) {
            int onRung = rung;
            int colour = colours[rung % colours.length];
            curves.add(dots(trained.stream().filter(row -> row.rung() == onRung).toList(), colour));
            legend.add(new Legend(
                    "stopped after %,d steps".formatted(report.plan().halving().steps(rung)), colour, Look.DOTS));
        }
        double[] trials = trained.stream().mapToDouble(Row::trial).toArray();
        curves.add(new Curve(trials, bestSoFar(trained, report.plan().halving().rungs() - 1), BEST, Look.SOLID));
        legend.add(new Legend("best so far at the highest rung", BEST, Look.SOLID));
        double last = Math.max(1, report.plan().trials() - 1.0);
        report.first().filter(row -> !row.failed()).ifPresent(row -> {
            curves.add(new Curve(new double[] {0, last}, new double[] {row.error(), row.error()}, BEGUN, Look.DASHED));
            legend.add(new Legend("trial 0, the recipe begun with", BEGUN, Look.DASHED));
        });
        Panel panel = new Panel(
                "", "trial", ERROR, Axis.around(DoubleStream.of(0, last), 1), errors(trained), curves, HEIGHT);
        return new PanelPlot(title(report), List.of(List.of(panel)), legend);
    }

    /** What diverged without becoming infinite is at the edge: on an axis for it nobody could tell the others apart. */
    private static Axis errors(List<Row> trained) {
        Axis all = Axis.decades(trained.stream().mapToDouble(Row::error));
        return new Axis(all.from(), Math.min(all.to(), MOST_TIMES * all.from()), true);
    }

    private static String title(StudyReport report) {
        return "%s, %d trials%s"
                .formatted(
                        report.plan().cellModelOf().title(),
                        report.rows().size(),
                        report.plan().largestParameters() == 0
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        " of at most %,d parameters",
                                        report.plan().largestParameters()));
    }

    /** With gaps between them, so that no line joins them. */
    private static Curve dots(List<Row> rows, int colour) {
        double[] x = rows.stream()
                .flatMapToDouble(row -> DoubleStream.of(row.trial(), row.trial()))
                .toArray();
        double[] y = rows.stream()
                .flatMapToDouble(row -> DoubleStream.of(row.error(), Double.NaN))
                .toArray();
        return new Curve(x, y, colour, Look.DOTS);
    }

    private static double[] bestSoFar(List<Row> trained, int highest) {
        double[] best = new double[trained.size()];
        double soFar = Double.NaN;
        for (int i = 0; i < best.length; i++) {
            Row row = trained.get(i);
            if (row.rung() == highest && !(row.error() >= soFar)) {
                soFar = row.error();
            }
            best[i] = soFar;
        }
        return best;
    }

    private static ParallelPlot parameters(StudyReport report) {
        List<Row> trained = report.rows().stream().filter(row -> !row.failed()).toList();
        List<String> names = Coordinates.names(report);
        List<Column> columns = new ArrayList<>();
        names.forEach(name -> columns.add(column(name, trained)));
        columns.add(new Column("parameters", Axis.decades(trained.stream().mapToDouble(Row::parameters)), List.of()));
        columns.add(new Column("error", errors(trained), List.of()));
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < trained.size(); i++) {
            Row row = trained.get(i);
            DoubleStream searched = names.stream()
                    .mapToDouble(name ->
                            value(columns.get(names.indexOf(name)), row.values().get(name)));
            double[] values = DoubleStream.concat(searched, DoubleStream.of(row.parameters(), row.error()))
                    .toArray();
            lines.add(new Line(values, (double) i / trained.size(), row.trial() == 0));
        }
        return new ParallelPlot(
                title(report) + ": the darker the better",
                columns,
                lines,
                "trial 0, the recipe begun with; gaps where it has what is not searched");
    }

    private static Column column(String name, List<Row> trained) {
        List<String> seen = trained.stream()
                .flatMap(row -> Stream.ofNullable(row.values().get(name)))
                .distinct()
                .toList();
        if (seen.stream().allMatch(StudyPlots::isNumber)) {
            DoubleStream numbers = seen.stream().mapToDouble(Double::parseDouble);
            return new Column(Coordinates.title(name), Axis.around(numbers, 1e-9), List.of());
        }
        List<String> categories = seen.stream().sorted().toList();
        Axis axis = new Axis(-0.5, categories.size() - 0.5, false);
        return new Column(Coordinates.title(name), axis, categories);
    }

    private static double value(Column column, String text) {
        if (text == null) {
            return Double.NaN;
        }
        return column.categories().isEmpty()
                ? Double.parseDouble(text)
                : column.categories().indexOf(text);
    }

    private static boolean isNumber(String text) {
        try {
            Double.parseDouble(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
