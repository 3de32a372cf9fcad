package org.ionstream.standalone.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.standalone.plot.Axis;
import org.ionstream.standalone.plot.PanelPlot;
import org.ionstream.standalone.plot.PanelPlot.Curve;
import org.ionstream.standalone.plot.PanelPlot.Legend;
import org.ionstream.standalone.plot.PanelPlot.Look;
import org.ionstream.standalone.plot.PanelPlot.Panel;

/** Error of a stream over time: before the shift, after it, and after each swap. */
public final class ScenarioPlot {
    private static final int MEDIAN = 0;
    private static final int QUARTILES = 5;
    private static final int EVENT = 1;
    private static final int HEIGHT = 400;

    private ScenarioPlot() {}

    public static PanelPlot of(ScenarioReport report) {
        List<ScenarioReport.Block> blocks = report.blocks();
        double[] x = blocks.stream()
                .mapToDouble(block -> (block.from() + block.to()) / 2.0)
                .toArray();
        Axis y = Axis.decades(blocks.stream()
                .flatMapToDouble(block -> DoubleStream.of(block.lowerQuartile(), block.upperQuartile())));
        List<Curve> curves = new ArrayList<>(List.of(
                curve(blocks, x, ScenarioReport.Block::lowerQuartile, QUARTILES, Look.DASHED),
                curve(blocks, x, ScenarioReport.Block::upperQuartile, QUARTILES, Look.DASHED),
                curve(blocks, x, ScenarioReport.Block::median, MEDIAN, Look.DOTS)));
        for (int i = 1; i < blocks.size(); i++) {
            if (!blocks.get(i).part().equals(blocks.get(i - 1).part())) {
                curves.add(event(blocks.get(i), y));
            }
        }
        Panel panel = new Panel(
                "a shift to %s, then %s"
                        .formatted(
                                report.shift(),
                                report.promoted() ? "the new champion" : "the challenger, not promoted"),
                "audits",
                "relative L2 error of the excursion",
                new Axis(0, blocks.get(blocks.size() - 1).to(), false),
                y,
                curves,
                HEIGHT);
        return new PanelPlot(
                "%s: error across a shift and a swap"
                        .formatted(CellModels.byId(report.cellModel()).title()),
                List.of(List.of(panel)),
                List.of(
                        new Legend("median", MEDIAN, Look.DOTS),
                        new Legend("quartiles", QUARTILES, Look.DASHED),
                        new Legend("shift, swap", EVENT, Look.SOLID)));
    }

    private static Curve curve(
            List<ScenarioReport.Block> blocks,
            double[] x,
            ToDoubleFunction<ScenarioReport.Block> error,
            int colour,
            Look look) {
        return new Curve(x, blocks.stream().mapToDouble(error).toArray(), colour, look);
    }

    /** Where a part of the stream begins. */
    private static Curve event(ScenarioReport.Block first, Axis y) {
        return new Curve(new double[] {first.from(), first.from()}, new double[] {y.from(), y.to()}, EVENT, Look.SOLID);
    }
}
