package org.ionstream.standalone.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.cell.StateVariable;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;
import org.ionstream.standalone.plot.Axis;
import org.ionstream.standalone.plot.PanelPlot;
import org.ionstream.standalone.plot.PanelPlot.Curve;
import org.ionstream.standalone.plot.PanelPlot.Legend;
import org.ionstream.standalone.plot.PanelPlot.Look;
import org.ionstream.standalone.plot.PanelPlot.Panel;

/** Predicted against reference traces with the stimulus beneath, as in the paper's figures 3, 8 and 13. */
public final class TracePlot {
    private static final int REFERENCE = 6;
    private static final int PREDICTION = 1;
    private static final int STIMULUS = 0;
    private static final int TRACE_HEIGHT = 132;
    private static final int STRIP_HEIGHT = 56;
    private static final int ALL_OF_A_SMALL_CELL = 6;

    /** Of an axis, as a share of an action potential: what rests must not look as if it moved. */
    private static final double SMALLEST_RANGE = 0.01;

    /** Of the cells with more variables: potential, calcium, and what follows neither of them closely. */
    private static final Map<String, List<String>> CHOSEN =
            Map.of(CellModels.OHARA_RUDY_2011.id(), List.of("V", "Ca_i", "Ca_jsr", "J_rel_NP", "K_i", "x_s1"));

    /**
     * What stands in one column.
     *
     * @param heading above it
     * @param reference null: there is none
     * @param predicted null: there is none; else on the reference's grid
     * @param current mean over each cell of the grid
     */
    public record Column(String heading, Traces reference, Traces predicted, float[] current) {
        Traces any() {
            return reference == null ? predicted : reference;
        }
    }

    private TracePlot() {}

    /** At least one of the columns' traces must be there. */
    public static PanelPlot of(String title, CellModel cellModel, List<Column> columns) {
        return new PanelPlot(
                title,
                columns.stream().map(column -> panels(cellModel, column)).toList(),
                List.of(
                        new Legend("reference", REFERENCE, Look.SOLID),
                        new Legend("predicted, as served", PREDICTION, Look.DASHED),
                        new Legend("stimulus", STIMULUS, Look.FILLED)));
    }

    static PanelPlot of(ModelReport model, List<TraceExample> examples) {
        CellModel cellModel = CellModels.byId(model.cellModel());
        return of(
                ErrorPlots.title(model, "predicted and reference trajectories"),
                cellModel,
                examples.stream()
                        .map(example -> new Column(
                                heading(example), example.reference(), example.predicted(), example.current()))
                        .toList());
    }

    private static List<Panel> panels(CellModel cellModel, Column column) {
        TimeGrid grid = column.any().grid();
        double[] times =
                IntStream.range(0, grid.samples()).mapToDouble(grid::timeMs).toArray();
        Axis time = new Axis(0, grid.horizonMs(), false);
        List<Panel> panels = new ArrayList<>();
        for (String name : shown(cellModel, column.any().variables())) {
            StateVariable variable = cellModel.variable(name).orElseThrow();
            List<Curve> curves = new ArrayList<>();
            if (column.reference() != null) {
                curves.add(new Curve(times, doubles(column.reference().of(name)), REFERENCE, Look.SOLID));
            }
            if (column.predicted() != null) {
                curves.add(new Curve(times, doubles(column.predicted().of(name)), PREDICTION, Look.DASHED));
            }
            panels.add(new Panel(
                    panels.isEmpty() ? column.heading() : "",
                    "",
                    quantity(name, variable.unit()),
                    time,
                    Axis.around(
                            curves.stream().flatMapToDouble(curve -> Arrays.stream(curve.y())),
                            SMALLEST_RANGE * variable.excursion()),
                    curves,
                    TRACE_HEIGHT));
        }
        panels.add(strip(cellModel, column.current(), grid, time));
        return panels;
    }

    private static List<String> shown(CellModel cellModel, List<String> there) {
        List<String> chosen = CHOSEN.getOrDefault(cellModel.id(), there).stream()
                .filter(there::contains)
                .toList();
        List<String> names = chosen.isEmpty() ? there : chosen;
        return names.subList(0, Math.min(names.size(), ALL_OF_A_SMALL_CELL));
    }

    private static String heading(TraceExample example) {
        ModelReport.OfProtocol protocol = example.protocol();
        String error = String.format(
                Locale.ROOT,
                "%s, L2 %.4f\n%s",
                example.rank(),
                protocol.served().relativeL2(),
                protocol.subset());
        return protocol.durationMs() == 0
                ? error
                : error + String.format(Locale.ROOT, ", %.3g for %.3g ms", protocol.amplitude(), protocol.durationMs());
    }

    private static Panel strip(CellModel cellModel, float[] current, TimeGrid grid, Axis time) {
        double[] x = new double[2 * current.length + 2];
        double[] y = new double[x.length];
        for (int i = 0; i < current.length; i++) {
            x[2 * i + 1] = grid.timeMs(i);
            x[2 * i + 2] = grid.timeMs(i + 1);
            y[2 * i + 1] = current[i];
            y[2 * i + 2] = current[i];
        }
        x[x.length - 1] = time.to();
        return new Panel(
                "",
                "t (ms)",
                quantity("I", cellModel.stimulusUnit()),
                time,
                Axis.withZero(Arrays.stream(y)),
                List.of(new Curve(x, y, STIMULUS, Look.FILLED)),
                STRIP_HEIGHT);
    }

    private static String quantity(String name, String unit) {
        return unit.equals("1") ? name : "%s (%s)".formatted(name, unit);
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
}
