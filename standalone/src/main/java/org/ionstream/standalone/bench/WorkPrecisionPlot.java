package org.ionstream.standalone.bench;

import java.util.ArrayList;
import java.util.List;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.standalone.plot.LogLogPlot;
import org.ionstream.standalone.plot.LogLogPlot.Curve;
import org.ionstream.standalone.plot.LogLogPlot.Stroke;

/** Error against speed, a curve for each method and cell model, a point for each tolerance. */
public final class WorkPrecisionPlot {
    private WorkPrecisionPlot() {}

    public static LogLogPlot of(SolverReport report) {
        List<Curve> curves = new ArrayList<>();
        int colour = 0;
        for (SolverReport.OfCellModel model : report.cellModels()) {
            WorkPrecision measured = model.workPrecision();
            String title = CellModels.byId(measured.cellModel()).title();
            curves.add(curve(title, measured.reference(), colour, Stroke.SOLID));
            curves.add(curve(title, measured.anchor(), colour, Stroke.DASHED));
            colour++;
        }
        return new LogLogPlot(
                "Work and precision on one thread; a point for each tolerance",
                "solves per second",
                "mean relative L2 error",
                curves);
    }

    private static Curve curve(String cellModel, List<WorkPrecision.Point> points, int colour, Stroke stroke) {
        return new Curve(
                "%s, %s".formatted(cellModel, points.get(0).method()),
                points.stream()
                        .mapToDouble(point -> point.solvesPerSecond().median())
                        .toArray(),
                points.stream().mapToDouble(point -> point.errors().mean()).toArray(),
                colour,
                stroke);
    }
}
