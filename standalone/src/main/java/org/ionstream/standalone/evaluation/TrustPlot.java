package org.ionstream.standalone.evaluation;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.standalone.plot.Axis;
import org.ionstream.standalone.plot.PanelPlot;
import org.ionstream.standalone.plot.PanelPlot.Curve;
import org.ionstream.standalone.plot.PanelPlot.Legend;
import org.ionstream.standalone.plot.PanelPlot.Look;
import org.ionstream.standalone.plot.PanelPlot.Panel;
import org.ionstream.trainer.trust.TrustReport;

/** Coverage over streams that drift, a panel each. */
public final class TrustPlot {
    private static final int ADJUSTED = 0;
    private static final int FIXED = 1;
    private static final int TARGET = 6;
    private static final int HEIGHT = 360;

    private TrustPlot() {}

    public static PanelPlot of(TrustReport report) {
        return new PanelPlot(
                "%s: coverage of the bands when the stream drifts"
                        .formatted(CellModels.byId(report.cellModel()).title()),
                report.streams().stream()
                        .map(stream -> List.of(panel(stream, report.coverage())))
                        .toList(),
                List.of(
                        new Legend("adjusted by the audits before", ADJUSTED, Look.DOTS),
                        new Legend("as calibrated", FIXED, Look.DOTS),
                        new Legend("to be covered", TARGET, Look.DASHED)));
    }

    private static Panel panel(TrustReport.Stream stream, double coverage) {
        List<TrustReport.Block> blocks = stream.blocks();
        double[] middles = blocks.stream()
                .mapToDouble(block -> (block.from() + block.to()) / 2.0)
                .toArray();
        int end = blocks.get(blocks.size() - 1).to();
        return new Panel(
                "halfway: " + stream.shift(),
                "audits",
                "share of variables and protocols covered",
                new Axis(0, end, false),
                new Axis(0, 1.02, false),
                List.of(
                        new Curve(new double[] {0, end}, new double[] {coverage, coverage}, TARGET, Look.DASHED),
                        curve(blocks, middles, TrustReport.Block::fixed, FIXED),
                        curve(blocks, middles, TrustReport.Block::adapted, ADJUSTED)),
                HEIGHT);
    }

    private static Curve curve(
            List<TrustReport.Block> blocks, double[] x, ToDoubleFunction<TrustReport.Block> share, int colour) {
        return new Curve(x, blocks.stream().mapToDouble(share).toArray(), colour, Look.DOTS);
    }
}
