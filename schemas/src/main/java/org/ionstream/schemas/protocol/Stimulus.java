package org.ionstream.schemas.protocol;

import java.util.ArrayList;
import java.util.List;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.SampledCurrent;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * A checked stimulus protocol: whoever holds one need not check again. Whatever form the sender chose, the current is
 * piecewise constant: a list of pulses in order.
 *
 * @param protocol as received
 * @param cellModel it is for
 * @param pulses half-open, in order, not overlapping, all within [0, horizon)
 * @param grid of the answer
 */
public record Stimulus(StimulusProtocol protocol, CellModel cellModel, List<Pulse> pulses, TimeGrid grid) {

    /** A stretch of constant current, [startMs, endMs). */
    public record Segment(double startMs, double endMs, double current) {}

    /** @throws InvalidProtocolException naming the rule that is broken, the numbers and the remedy */
    public static Stimulus of(StimulusProtocol protocol, ProtocolLimits limits) {
        return new ProtocolCheck(protocol, limits).passed();
    }

    /** Checked against {@link ProtocolLimits#DEFAULT}. */
    public static Stimulus of(StimulusProtocol protocol) {
        return of(protocol, ProtocolLimits.DEFAULT);
    }

    static Stimulus checked(StimulusProtocol protocol) {
        double horizonMs = protocol.getHorizonMs();
        List<Pulse> pulses =
                protocol.getSampledCurrent() == null ? protocol.getPulses() : steps(protocol.getSampledCurrent());
        return new Stimulus(
                protocol,
                CellModels.byId(protocol.getCellModel()),
                pulses.stream().filter(pulse -> pulse.getOnsetMs() < horizonMs).toList(),
                TimeGrid.covering(horizonMs, protocol.getOutputStepMs()));
    }

    public String id() {
        return protocol.getId();
    }

    /** Variant, parameters and initial state of the cell. */
    public Conditions conditions() {
        return new Conditions(protocol, cellModel);
    }

    /**
     * The current as stretches that cover [0, endMs) without gaps; a solver restarts at each of their edges. Edges within
     * rounding of each other are one edge, so that no stretch is too short for a step.
     */
    public List<Segment> segments(double endMs) {
        List<Segment> segments = new ArrayList<>();
        double time = 0;
        for (Pulse pulse : pulses) {
            double start = snapped(Math.min(pulse.getOnsetMs(), endMs), time);
            double end = snapped(Math.min(pulse.getOnsetMs() + pulse.getDurationMs(), endMs), endMs);
            if (end - start <= ProtocolCheck.ROUNDING_MS) {
                continue;
            }
            if (start > time) {
                segments.add(new Segment(time, start, 0));
            }
            segments.add(new Segment(start, end, pulse.getAmplitude()));
            time = end;
        }
        if (time < endMs) {
            segments.add(new Segment(time, endMs, 0));
        }
        return segments;
    }

    private static double snapped(double time, double edge) {
        return Math.abs(time - edge) <= ProtocolCheck.ROUNDING_MS ? edge : time;
    }

    /**
     * The surrogate's input: sample i is the mean current over the cell [t_i, t_i + step), so that a pulse shorter than a
     * cell still counts with its charge.
     */
    public float[] cellMeans(TimeGrid cells) {
        float[] means = new float[cells.samples()];
        double step = cells.stepMs();
        for (Pulse pulse : pulses) {
            double start = pulse.getOnsetMs();
            double end = start + pulse.getDurationMs();
            int last = (int) Math.min(cells.samples() - 1.0, Math.floor(end / step));
            for (int cell = (int) Math.min(cells.samples(), Math.floor(start / step)); cell <= last; cell++) {
                double overlap = Math.min(end, (cell + 1) * step) - Math.max(start, cell * step);
                if (overlap > 0) {
                    means[cell] += (float) (pulse.getAmplitude() * overlap / step);
                }
            }
        }
        return means;
    }

    /** Equal neighbours become one pulse, so that the solver restarts only where the current changes. */
    private static List<Pulse> steps(SampledCurrent current) {
        List<Pulse> pulses = new ArrayList<>();
        List<Float> values = current.getValues();
        double step = current.getStepMs();
        for (int from = 0; from < values.size(); ) {
            float value = values.get(from);
            int to = from + 1;
            while (to < values.size() && values.get(to) == value) {
                to++;
            }
            if (value != 0) {
                pulses.add(new Pulse(from * step, (to - from) * step, (double) value));
            }
            from = to;
        }
        return pulses;
    }
}
