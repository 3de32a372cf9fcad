package org.ionstream.standalone.bench;

import java.util.ArrayList;
import java.util.List;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.standalone.plot.LogLogPlot;
import org.ionstream.standalone.plot.LogLogPlot.Curve;
import org.ionstream.standalone.plot.LogLogPlot.Stroke;

/** Trajectories per second against the batch, and the solver, which has no batch, as a level line. */
public final class ThroughputPlot {
    private static final double LEAST_RIGHT_END = 10;

    private ThroughputPlot() {}

    public static LogLogPlot of(SurrogateReport report) {
        List<Curve> curves = new ArrayList<>();
        int colour = 0;
        for (SurrogateThroughput measured : report.cellModels()) {
            String title = CellModels.byId(measured.cellModel()).title();
            List<Integer> threads = measured.rows().stream()
                    .map(SurrogateThroughput.Row::threads)
                    .distinct()
                    .toList();
            for (int count : threads) {
                String name = threads.size() == 1 ? "" : ", %d threads".formatted(count);
                curves.add(surrogate(title + ", surrogate on " + measured.device() + name, measured, count, colour));
            }
            curves.add(solver(title, measured, report.settings().largestBatch(), colour));
            colour++;
        }
        return new LogLogPlot(
                "Trajectories per second; the solver on one thread at rtol 1e-4",
                "protocols in a batch",
                "trajectories per second",
                curves);
    }

    private static Curve surrogate(String name, SurrogateThroughput measured, int threads, int colour) {
        List<SurrogateThroughput.Row> rows = measured.rows().stream()
                .filter(row -> row.threads() == threads)
                .sorted((a, b) -> Integer.compare(a.batch(), b.batch()))
                .toList();
        return new Curve(
                name,
                rows.stream().mapToDouble(SurrogateThroughput.Row::batch).toArray(),
                rows.stream().mapToDouble(row -> row.perSecond().median()).toArray(),
                colour,
                Stroke.SOLID);
    }

    private static Curve solver(String title, SurrogateThroughput measured, int largestBatch, int colour) {
        double level = measured.solvesPerSecond().median();
        return new Curve(
                title + ", solver",
                new double[] {1, Math.max(LEAST_RIGHT_END, largestBatch)},
                new double[] {level, level},
                colour,
                Stroke.DASHED);
    }
}
