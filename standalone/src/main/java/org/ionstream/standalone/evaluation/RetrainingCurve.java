package org.ionstream.standalone.evaluation;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.standalone.plot.LogLogPlot;
import org.ionstream.standalone.plot.LogLogPlot.Curve;
import org.ionstream.standalone.plot.LogLogPlot.Stroke;

/** What a retraining learns of the new stream and keeps of the old one, step by step. */
public final class RetrainingCurve {
    private static final int SHIFTED = 0;
    private static final int PAPER = 1;

    private RetrainingCurve() {}

    public static LogLogPlot of(ScenarioReport report) {
        return new LogLogPlot(
                "%s: a retraining after a shift"
                        .formatted(CellModels.byId(report.cellModel()).title()),
                "steps",
                "mean relative L2 error, standardised",
                List.of(
                        curve(report, "held-out audits of " + report.shift(), ScenarioReport.Look::shifted, SHIFTED),
                        curve(report, "the paper's validation protocols", ScenarioReport.Look::paper, PAPER)));
    }

    private static Curve curve(
            ScenarioReport report, String name, ToDoubleFunction<ScenarioReport.Look> error, int colour) {
        return new Curve(
                name,
                report.looks().stream().mapToDouble(ScenarioReport.Look::step).toArray(),
                report.looks().stream().mapToDouble(error).toArray(),
                colour,
                Stroke.SOLID);
    }
}
