package org.ionstream.producer.pacing;

import java.util.List;
import java.util.stream.IntStream;
import org.ionstream.schemas.message.Pulse;

/**
 * A current that changes linearly, as equal steps that each have the ramp's mean over their time.
 *
 * @param startMs of the ramp
 * @param lengthMs of the ramp
 * @param from current at its start, in the cell model's stimulus unit
 * @param to current at its end
 * @param stepMs longest step
 */
public record Ramp(double startMs, double lengthMs, double from, double to, double stepMs) {
    /** A protocol has room for two ramps. */
    private static final int MOST_STEPS = 500;

    public Ramp {
        if (!(startMs >= 0) || !(lengthMs > 0) || !Double.isFinite(from) || !Double.isFinite(to) || !(stepMs > 0)) {
            throw new IllegalArgumentException(
                    "ramp from %s to %s, start %s, length %s; give numbers, a start from 0 and a positive length"
                            .formatted(from, to, startMs, lengthMs));
        }
    }

    public List<Pulse> pulses() {
        int steps = (int) Math.min(MOST_STEPS, Math.ceil(lengthMs / stepMs));
        double width = lengthMs / steps;
        return IntStream.range(0, steps)
                .mapToObj(step -> new Pulse(startMs + step * width, width, from + (to - from) * (step + 0.5) / steps))
                .toList();
    }
}
