package org.ionstream.standalone.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.standalone.plot.Axis;
import org.ionstream.standalone.plot.RowPlot;
import org.ionstream.standalone.plot.RowPlot.Key;
import org.ionstream.standalone.plot.RowPlot.Lane;
import org.ionstream.standalone.plot.RowPlot.Row;
import org.ionstream.trainer.score.Distribution;
import org.ionstream.trainer.score.ErrorRow;
import org.ionstream.trainer.score.Norms;
import org.ionstream.trainer.score.PublishedErrors;

/** Errors as bars and boxes, beside the paper's. */
final class ErrorPlots {
    private static final int SERVED = 0;
    private static final int PAPER = 1;
    private static final int PHYSICAL = 2;
    private static final int PAPER_LARGE = 4;
    private static final int EXPORTED = 5;

    private ErrorPlots() {}

    /** Relative L1, L2 and H1, as in the paper's figures 2, 7 and 11. */
    static RowPlot norms(ModelReport model) {
        List<Key> legend = new ArrayList<>();
        legend.add(new Key(
                "as served, %,d samples; %,d parameters"
                        .formatted(model.grids().servedSamples(), model.size().parameters()),
                SERVED,
                false));
        if (model.all().exported() != null) {
            legend.add(new Key(
                    "exported to the paper's %,d samples"
                            .formatted(model.grids().paperSamples()),
                    EXPORTED,
                    false));
        }
        for (String kind : KnownErrors.KINDS) {
            model.published().stream()
                    .filter(paper -> paper.network().startsWith(kind))
                    .findFirst()
                    .ifPresent(paper -> legend.add(new Key(
                            "paper, %s; %,d parameters".formatted(kind, paper.parameters()), colour(kind), false)));
        }
        List<Row> rows = List.of(
                norm("L1", model, Norms::relativeL1, PublishedErrors::relativeL1),
                norm("L2", model, Norms::relativeL2, PublishedErrors::relativeL2),
                norm("H1", model, Norms::relativeH1, PublishedErrors::relativeH1));
        DoubleStream values = rows.stream()
                .flatMap(row -> row.lanes().stream())
                .mapToDouble(lane -> lane instanceof Lane.Bar bar ? bar.value() : 0);
        return new RowPlot(
                title(model, "mean errors on the paper's test set"),
                "relative error, the paper's metric",
                Axis.withZero(values),
                rows,
                legend);
    }

    private static Row norm(
            String name,
            ModelReport model,
            Function<Norms, Distribution> norm,
            Function<PublishedErrors, Double> published) {
        List<Lane> lanes = new ArrayList<>();
        lanes.add(bar(norm.apply(model.all().served()).mean(), SERVED));
        if (model.all().exported() != null) {
            lanes.add(bar(norm.apply(model.all().exported()).mean(), EXPORTED));
        }
        for (String kind : KnownErrors.KINDS) {
            Double value = KnownErrors.ofKind(model, kind, published);
            lanes.add(
                    value == null
                            ? new Lane.Nothing("paper, %s: not known".formatted(kind))
                            : bar(value, colour(kind)));
        }
        return new Row(name, lanes, null);
    }

    private static int colour(String kind) {
        return kind.equals("constrained") ? PAPER : PAPER_LARGE;
    }

    private static Lane.Bar bar(double value, int colour) {
        return new Lane.Bar(value, String.format(Locale.ROOT, "%.4f", value), colour);
    }

    /** Errors of the protocols of each subset, as in the paper's figures 4, 9 and 12. */
    static RowPlot subsets(ModelReport model) {
        List<ErrorRow> all =
                Stream.concat(Stream.of(model.all()), model.subsets().stream()).toList();
        return boxes(
                model,
                "errors of the protocols, by subset",
                all,
                row -> "%s (%d)".formatted(row.name(), row.protocols()),
                row -> KnownErrors.smallest(
                        model,
                        paper -> row == model.all()
                                ? Double.valueOf(paper.relativeL2())
                                : paper.relativeL2BySubset().get(row.name())));
    }

    /** Errors of the protocols in each variable, as in the paper's figure 15. */
    static RowPlot variables(ModelReport model) {
        Double overall = KnownErrors.smallest(model, PublishedErrors::relativeL2);
        return boxes(model, "errors of the protocols, by variable", model.variables(), ErrorRow::name, row -> {
            Double known = KnownErrors.smallest(
                    model, paper -> paper.relativeL2ByVariable().get(row.name()));
            return known == null ? overall : known;
        });
    }

    private static RowPlot boxes(
            ModelReport model,
            String what,
            List<ErrorRow> errors,
            Function<ErrorRow, String> name,
            Function<ErrorRow, Double> mark) {
        List<Row> rows = errors.stream()
                .map(row -> new Row(
                        name.apply(row),
                        List.of(
                                box(row.served().relativeL2(), SERVED),
                                row.physical() == null
                                        ? new Lane.Nothing("nothing moves")
                                        : box(row.physical().relativeL2(), PHYSICAL)),
                        mark.apply(row)))
                .toList();
        return new RowPlot(
                title(model, what),
                "relative L2 error",
                Axis.decades(rows.stream().flatMapToDouble(ErrorPlots::values)),
                rows,
                legend(model, errors));
    }

    private static List<Key> legend(ModelReport model, List<ErrorRow> errors) {
        List<Key> legend = new ArrayList<>();
        legend.add(new Key("the paper's metric, as served; whiskers 5 to 95 %, dot: mean", SERVED, false));
        legend.add(new Key("physical units, relative to the excursion from rest, where it moves", PHYSICAL, false));
        if (!model.published().isEmpty()) {
            boolean each = errors.stream()
                    .anyMatch(row -> model.published().stream()
                            .anyMatch(paper -> paper.relativeL2BySubset().containsKey(row.name())
                                    || paper.relativeL2ByVariable().containsKey(row.name())));
            PublishedErrors smallest = model.published().get(model.published().size() - 1);
            legend.add(new Key(
                    "paper, %s: mean%s, its metric".formatted(smallest.network(), each ? "" : " over all variables"),
                    PAPER,
                    true));
        }
        return legend;
    }

    private static DoubleStream values(Row row) {
        DoubleStream boxes = row.lanes().stream()
                .flatMapToDouble(lane -> lane instanceof Lane.Box box
                        ? DoubleStream.of(box.p05(), box.p95(), box.mean())
                        : DoubleStream.empty());
        return row.mark() == null ? boxes : DoubleStream.concat(boxes, DoubleStream.of(row.mark()));
    }

    private static Lane.Box box(Distribution errors, int colour) {
        return new Lane.Box(
                errors.p05(),
                errors.lowerQuartile(),
                errors.median(),
                errors.upperQuartile(),
                errors.p95(),
                errors.mean(),
                colour);
    }

    static String title(ModelReport model, String what) {
        return "%s: %s".formatted(CellModels.byId(model.cellModel()).title(), what);
    }
}
