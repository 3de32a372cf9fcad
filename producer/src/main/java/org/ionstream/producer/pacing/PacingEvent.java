package org.ionstream.producer.pacing;

import java.util.List;
import java.util.stream.IntStream;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.protocol.ProtocolLimits;

/**
 * A pulse that may recur, with the five columns of a Myokit protocol (Clerx et al., "Myokit: A simple interface to cardiac
 * cellular electrophysiology", 2016, DOI 10.1016/j.pbiomolbio.2015.12.008).
 *
 * @param level current in the cell model's stimulus unit
 * @param startMs of the first pulse
 * @param lengthMs of each pulse
 * @param periodMs from start to start; 0: the pulse does not recur
 * @param multiplier how often it comes; 0: to the end of the simulation
 */
public record PacingEvent(double level, double startMs, double lengthMs, double periodMs, int multiplier) {
    public PacingEvent {
        if (!Double.isFinite(level) || !(startMs >= 0) || !(lengthMs > 0) || !(periodMs >= 0) || multiplier < 0) {
            throw new IllegalArgumentException(
                    "event with level %s, start %s, length %s, period %s, multiplier %d; the length must be positive, start, period and multiplier at least 0"
                            .formatted(level, startMs, lengthMs, periodMs, multiplier));
        }
        if (periodMs == 0 && multiplier > 1) {
            throw new IllegalArgumentException(
                    "event with multiplier %d and period 0; give a period, or multiplier 0".formatted(multiplier));
        }
        if (periodMs > 0 && periodMs < lengthMs) {
            throw new IllegalArgumentException(
                    "event of length %s with period %s; lengthen the period".formatted(lengthMs, periodMs));
        }
    }

    public PacingEvent scaled(double currentOfLevelOne) {
        return new PacingEvent(level * currentOfLevelOne, startMs, lengthMs, periodMs, multiplier);
    }

    /**
     * Those that begin before the horizon.
     *
     * @throws IllegalArgumentException if they are more than a protocol may have
     */
    public List<Pulse> pulses(double horizonMs) {
        double within = periodMs == 0 ? 1 : Math.ceil((horizonMs - startMs) / periodMs);
        double count = multiplier == 0 ? within : Math.min(within, multiplier);
        int most = ProtocolLimits.DEFAULT.pulses();
        if (count > most) {
            throw new IllegalArgumentException(
                    "%.0f pulses, one each %s ms up to %s ms; at most %d: lengthen the period or shorten the horizon"
                            .formatted(count, periodMs, horizonMs, most));
        }
        return IntStream.range(0, (int) count)
                .mapToObj(pulse -> new Pulse(startMs + pulse * periodMs, lengthMs, level))
                .toList();
    }
}
