package org.ionstream.producer.pacing;

import java.util.List;
import java.util.stream.Stream;
import org.ionstream.schemas.message.Pulse;

/**
 * An S1-S2 protocol: a regular train and one more stimulus at a coupling interval, as used to measure restitution.
 *
 * @param s1 the train
 * @param couplingIntervalMs from the onset of the last S1 to the onset of S2
 * @param s2DurationMs of S2
 * @param s2Amplitude in the cell model's stimulus unit
 */
public record S1S2(PulseTrain s1, double couplingIntervalMs, double s2DurationMs, double s2Amplitude)
        implements Pacing {
    public S1S2 {
        if (!(couplingIntervalMs >= s1.durationMs()) || !(s2DurationMs > 0) || !Double.isFinite(s2Amplitude)) {
            throw new IllegalArgumentException(
                    "S2 of %s ms and amplitude %s, %s ms after an S1 of %s ms; S2 needs a duration and must not begin within S1"
                            .formatted(s2DurationMs, s2Amplitude, couplingIntervalMs, s1.durationMs()));
        }
    }

    @Override
    public String name() {
        return "s1-s2";
    }

    @Override
    public List<Pulse> pulses() {
        Pulse s2 = new Pulse(s1.lastOnsetMs() + couplingIntervalMs, s2DurationMs, s2Amplitude);
        return Stream.concat(s1.pulses().stream(), Stream.of(s2)).toList();
    }
}
