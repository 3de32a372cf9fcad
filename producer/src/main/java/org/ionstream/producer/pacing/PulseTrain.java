package org.ionstream.producer.pacing;

import java.util.List;
import java.util.stream.IntStream;
import org.ionstream.schemas.message.Pulse;

/**
 * Equal pulses at a constant cycle length.
 *
 * @param firstOnsetMs of the first pulse
 * @param cycleLengthMs from onset to onset
 * @param durationMs of each pulse
 * @param amplitude in the cell model's stimulus unit
 * @param count of pulses
 */
public record PulseTrain(double firstOnsetMs, double cycleLengthMs, double durationMs, double amplitude, int count)
        implements Pacing {
    public PulseTrain {
        if (!(firstOnsetMs >= 0) || !(durationMs > 0) || count < 1 || !Double.isFinite(amplitude)) {
            throw new IllegalArgumentException(
                    "pulse train of %d pulses of %s ms from %s ms, amplitude %s; give 1 or more, a positive duration, an onset from 0"
                            .formatted(count, durationMs, firstOnsetMs, amplitude));
        }
        if (count > 1 && !(cycleLengthMs >= durationMs)) {
            throw new IllegalArgumentException("pulses of %s ms overlap at a cycle length of %s ms; lengthen the cycle"
                    .formatted(durationMs, cycleLengthMs));
        }
    }

    @Override
    public String name() {
        return "pulse-train";
    }

    @Override
    public List<Pulse> pulses() {
        return IntStream.range(0, count)
                .mapToObj(i -> new Pulse(onsetMs(i), durationMs, amplitude))
                .toList();
    }

    double lastOnsetMs() {
        return onsetMs(count - 1);
    }

    private double onsetMs(int pulse) {
        return firstOnsetMs + pulse * cycleLengthMs;
    }
}
