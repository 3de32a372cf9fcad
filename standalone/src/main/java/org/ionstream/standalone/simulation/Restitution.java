package org.ionstream.standalone.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.ionstream.producer.file.ProtocolDefaults;
import org.ionstream.producer.pacing.PulseTrain;
import org.ionstream.producer.pacing.S1S2;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.Beat;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.Route;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.standalone.plot.Axis;
import org.ionstream.standalone.plot.PanelPlot;
import org.ionstream.standalone.plot.PanelPlot.Curve;
import org.ionstream.standalone.plot.PanelPlot.Legend;
import org.ionstream.standalone.plot.PanelPlot.Look;

/**
 * How long an action potential lasts after a shorter and shorter rest. The diastolic interval is from 90 % repolarisation of the
 * last action potential but one to the steepest upstroke of the last one.
 *
 * @param cellModel that is paced
 * @param kind of pacing
 * @param s1 the train; of dynamic pacing its cycle length is not used
 */
public record Restitution(CellModel cellModel, Kind kind, PulseTrain s1) {
    private static final int PLOT_HEIGHT = 320;

    /** What is shortened. */
    public enum Kind {
        /** The time from the last pulse of a train to one more. */
        S1_S2,
        /** The cycle length of a whole train. */
        DYNAMIC
    }

    /**
     * @param intervalMs coupling interval, or cycle length
     * @param by who was asked
     * @param diastolicIntervalMs null: there is none
     * @param apd90Ms null: not captured, or not over at the end
     * @param remark why there is nothing, or why it is not to be relied on
     */
    public record Point(double intervalMs, String by, Double diastolicIntervalMs, Double apd90Ms, String remark) {}

    /** The interval is the id; the reference has time to repolarise, the surrogate has its cell model's horizon. */
    public StimulusProtocol protocol(double intervalMs, Route route) {
        List<Pulse> pulses = kind == Kind.S1_S2
                ? new S1S2(s1, intervalMs, s1.durationMs(), s1.amplitude()).pulses()
                : new PulseTrain(s1.firstOnsetMs(), intervalMs, s1.durationMs(), s1.amplitude(), s1.count()).pulses();
        double lastOnsetMs = pulses.get(pulses.size() - 1).getOnsetMs();
        boolean within = route == Route.SURROGATE && lastOnsetMs < cellModel.horizonMs();
        double horizonMs = within ? cellModel.horizonMs() : lastOnsetMs + cellModel.horizonMs();
        String id = "%s-%s".formatted(Double.toString(intervalMs), route);
        return StimulusProtocol.newBuilder(new ProtocolDefaults(cellModel, horizonMs, null, 1).protocol(id, pulses))
                .setVariables(List.of(cellModel.excitability().potential()))
                .setBiomarkersOnly(true)
                .setRoute(route)
                .build();
    }

    /** @param answer to the protocol of this interval */
    public static Point point(double intervalMs, Answer answer) {
        String by = answer.protocol().getRoute() == Route.SURROGATE ? "surrogate" : "reference";
        if (by.equals("surrogate") && !answer.isPredicted()) {
            return new Point(intervalMs, by, null, null, "cannot answer: " + answer.remark());
        }
        String remark = by.equals("surrogate") ? answer.remark() : "";
        List<Beat> beats = answer.prediction().getBiomarkers() == null
                ? List.of()
                : answer.prediction().getBiomarkers().getBeats();
        if (beats.size() < 2 || !beats.get(beats.size() - 1).getCaptured()) {
            return new Point(intervalMs, by, null, null, joined("not captured", remark));
        }
        Beat before = beats.get(beats.size() - 2);
        Beat last = beats.get(beats.size() - 1);
        Double apd90Ms = last.getApd90FromMaxUpstrokeMs();
        Double previousMs = before.getApd90FromMaxUpstrokeMs();
        Double diastolicMs = previousMs == null || last.getMaxUpstrokeTimeMs() == null
                ? null
                : Double.valueOf(last.getMaxUpstrokeTimeMs() - before.getMaxUpstrokeTimeMs() - previousMs);
        String over = apd90Ms == null ? joined("not repolarised at the end", remark) : remark;
        return new Point(intervalMs, by, diastolicMs, apd90Ms, over);
    }

    /**
     * APD90 against the diastolic interval, a curve for each who was asked and has points.
     *
     * @throws IllegalArgumentException if there is nothing to draw
     */
    public PanelPlot plot(List<Point> points) {
        List<Curve> curves = new ArrayList<>();
        List<Legend> legend = new ArrayList<>();
        for (String by : List.of("reference", "surrogate")) {
            List<Point> own = points.stream()
                    .filter(point -> point.by().equals(by))
                    .filter(point -> Objects.nonNull(point.diastolicIntervalMs()) && Objects.nonNull(point.apd90Ms()))
                    .toList();
            if (!own.isEmpty()) {
                int colour = curves.size();
                Look look = by.equals("reference") ? Look.SOLID : Look.DASHED;
                curves.add(new Curve(
                        own.stream().mapToDouble(Point::diastolicIntervalMs).toArray(),
                        own.stream().mapToDouble(Point::apd90Ms).toArray(),
                        colour,
                        look));
                legend.add(new Legend(by, colour, look));
            }
        }
        if (curves.isEmpty()) {
            throw new IllegalArgumentException("no interval has an APD90; choose longer ones, or a stronger pulse");
        }
        return new PanelPlot(
                "%s, %s restitution".formatted(cellModel.id(), kind == Kind.S1_S2 ? "S1-S2" : "dynamic"),
                List.of(List.of(new PanelPlot.Panel(
                        "",
                        "diastolic interval (ms)",
                        "APD90 (ms)",
                        Axis.around(values(curves.stream().map(Curve::x).toList()), 1),
                        Axis.around(values(curves.stream().map(Curve::y).toList()), 1),
                        curves,
                        PLOT_HEIGHT))),
                legend);
    }

    private static DoubleStream values(List<double[]> all) {
        return all.stream().flatMapToDouble(Arrays::stream);
    }

    private static String joined(String first, String second) {
        return second.isEmpty() ? first : first + "; " + second;
    }
}
