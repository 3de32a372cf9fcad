package org.ionstream.standalone.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.ionstream.standalone.plot.Axis;
import org.ionstream.standalone.plot.PanelPlot;
import org.ionstream.standalone.plot.PanelPlot.Curve;
import org.ionstream.standalone.plot.PanelPlot.Legend;
import org.ionstream.standalone.plot.PanelPlot.Look;
import org.ionstream.standalone.plot.PanelPlot.Panel;

/** What the process held over the time of a soak: six panels, each from zero on; one is empty where the system does not tell. */
public final class SoakPlot {
    private static final int HEIGHT = 200;

    private SoakPlot() {}

    public static PanelPlot of(SoakReport report) {
        List<Holding> looks = report.looks();
        List<List<Panel>> columns = new ArrayList<>();
        columns.add(List.of(
                panel("heap after collection, MiB", looks, Holding::heapMiB),
                panel("resident memory, MiB", looks, Holding::residentMiB),
                panel("outside of heap and code, MiB", looks, Holding::nativeMiB)));
        columns.add(List.of(
                panel("classes and compiled code, MiB", looks, Holding::codeMiB),
                panel("file descriptors", looks, Holding::fileDescriptors),
                panel("threads", looks, Holding::threads)));
        return new PanelPlot(
                "%s: %,d protocols".formatted(report.cellModel(), report.answered()),
                columns,
                List.of(new Legend("looks", 0, Look.DOTS)));
    }

    private static Panel panel(String title, List<Holding> looks, ToDoubleFunction<Holding> value) {
        double[] minutes = looks.stream().mapToDouble(Holding::minute).toArray();
        double[] values = looks.stream().mapToDouble(value).toArray();
        return new Panel(
                "",
                "minutes",
                title,
                new Axis(0, minutes[minutes.length - 1], false),
                Axis.withZero(looks.stream().mapToDouble(value).filter(Double::isFinite)),
                List.of(new Curve(minutes, values, 0, Look.DOTS)),
                HEIGHT);
    }
}
