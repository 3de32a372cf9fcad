package org.ionstream.standalone.evaluation;

import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.ionstream.standalone.plot.Axis;
import org.ionstream.standalone.plot.PanelPlot;
import org.ionstream.standalone.plot.PanelPlot.Curve;
import org.ionstream.standalone.plot.PanelPlot.Legend;
import org.ionstream.standalone.plot.PanelPlot.Look;
import org.ionstream.standalone.plot.PanelPlot.Panel;

/** Parameters, error and time against the dimension of the cell model, as in the paper's figure 14. */
final class OverviewPlot {
    private static final int SERVED = 0;
    private static final int PAPER_SMALL = 1;
    private static final int BATCH = 2;
    private static final int PAPER_LARGE = 4;
    private static final int EXPORTED = 5;
    private static final int HEIGHT = 330;
    private static final double ROOM = 1.5;

    private OverviewPlot() {}

    static PanelPlot of(List<ModelReport> models) {
        Panel parameters = panel(
                "trainable parameters",
                models,
                curve(models, SERVED, model -> model.size().parameters()),
                curve(models, PAPER_LARGE, model -> paper(model, "unconstrained", true)),
                curve(models, PAPER_SMALL, model -> paper(model, "constrained", true)));
        Panel errors = panel(
                "mean relative L2 error",
                models,
                curve(models, SERVED, model -> model.all().served().relativeL2().mean()),
                curve(models, EXPORTED, OverviewPlot::exported),
                curve(models, PAPER_LARGE, model -> paper(model, "unconstrained", false)),
                curve(models, PAPER_SMALL, model -> paper(model, "constrained", false)));
        Panel time = panel(
                "ms to predict a trajectory",
                models,
                curve(models, SERVED, model -> model.cost().msPerTrajectoryAlone()),
                curve(models, BATCH, model -> model.cost().msPerTrajectoryInBatch()));
        return new PanelPlot(
                "Parameters, error and time against the dimension of the cell model",
                List.of(List.of(parameters), List.of(errors), List.of(time)),
                legend(List.of(parameters, errors, time)));
    }

    private static List<Legend> legend(List<Panel> panels) {
        Set<Integer> drawn = panels.stream()
                .flatMap(panel -> panel.curves().stream())
                .filter(curve -> DoubleStream.of(curve.y()).anyMatch(Double::isFinite))
                .map(Curve::colour)
                .collect(Collectors.toSet());
        return Stream.of(
                        new Legend("as served, alone", SERVED, Look.DOTS),
                        new Legend("in a batch of 32", BATCH, Look.DOTS),
                        new Legend("exported to the paper's grid", EXPORTED, Look.DOTS),
                        new Legend("paper, unconstrained", PAPER_LARGE, Look.DOTS),
                        new Legend("paper, constrained", PAPER_SMALL, Look.DOTS))
                .filter(key -> drawn.contains(key.colour()))
                .toList();
    }

    private static Panel panel(String title, List<ModelReport> models, Curve... curves) {
        double[] dimensions = dimensions(models);
        return new Panel(
                "",
                "state variables",
                title,
                new Axis(dimensions[0] / ROOM, ROOM * dimensions[dimensions.length - 1], true, dimensions),
                Axis.decades(Stream.of(curves).flatMapToDouble(curve -> DoubleStream.of(curve.y()))),
                List.of(curves),
                HEIGHT);
    }

    private static Curve curve(List<ModelReport> models, int colour, ToDoubleFunction<ModelReport> value) {
        return new Curve(dimensions(models), sorted(models).mapToDouble(value).toArray(), colour, Look.DOTS);
    }

    private static double[] dimensions(List<ModelReport> models) {
        return sorted(models).mapToDouble(ModelReport::dimension).toArray();
    }

    private static Stream<ModelReport> sorted(List<ModelReport> models) {
        return models.stream().sorted((a, b) -> Integer.compare(a.dimension(), b.dimension()));
    }

    private static double exported(ModelReport model) {
        return model.all().exported() == null
                ? Double.NaN
                : model.all().exported().relativeL2().mean();
    }

    private static double paper(ModelReport model, String kind, boolean parameters) {
        Double known = KnownErrors.ofKind(
                model, kind, paper -> parameters ? (double) paper.parameters() : Double.valueOf(paper.relativeL2()));
        return known == null ? Double.NaN : known;
    }
}
