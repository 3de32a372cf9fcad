package org.ionstream.producer.pacing;

import java.util.List;
import java.util.SplittableRandom;
import org.ionstream.producer.CatalogueProtocol;
import org.ionstream.producer.ProtocolDistribution;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.producer.PulseRanges;
import org.ionstream.producer.Range;
import org.ionstream.producer.RunIds;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.ProtocolLimits;

/**
 * One pulse per protocol, onset, duration and amplitude uniform and independent. Immutable, thread-safe.
 *
 * @param cellModel of the protocols
 * @param onsetMs within the cell model's horizon
 * @param durationMs what is beyond the horizon has no effect
 * @param amplitude in the cell model's stimulus unit
 */
public record SinglePulses(CellModel cellModel, Range onsetMs, Range durationMs, Range amplitude)
        implements ProtocolDistribution {
    private static final String SUBSET = "single-pulse";

    public SinglePulses {
        ProtocolLimits limits = ProtocolLimits.DEFAULT;
        if (onsetMs.from() < 0
                || onsetMs.to() > cellModel.horizonMs()
                || durationMs.from() < 0
                || durationMs.to() > limits.horizonMs()
                || Math.max(-amplitude.from(), amplitude.to()) > limits.amplitude()) {
            throw new IllegalArgumentException(
                    "pulses with onset %s ms, duration %s ms, amplitude %s; onsets must be in [0, %s], durations in [0, %s], amplitudes within +-%s"
                            .formatted(
                                    onsetMs,
                                    durationMs,
                                    amplitude,
                                    cellModel.horizonMs(),
                                    limits.horizonMs(),
                                    limits.amplitude()));
        }
    }

    /**
     * The onset is 0 if none is given.
     *
     * @throws IllegalArgumentException if the duration or the amplitude is missing
     */
    public static SinglePulses of(CellModel cellModel, PulseRanges ranges) {
        if (ranges.durationMs() == null || ranges.amplitude() == null) {
            throw new IllegalArgumentException(
                    "single pulses of %s need a range of durations and one of amplitudes".formatted(cellModel.id()));
        }
        return new SinglePulses(
                cellModel,
                ranges.onsetMs() == null ? Range.only(0) : ranges.onsetMs(),
                ranges.durationMs(),
                ranges.amplitude());
    }

    @Override
    public ProtocolSource endless(long seed, String runPrefix) {
        SplittableRandom random = new SplittableRandom(seed);
        RunIds ids = new RunIds(runPrefix, random.split());
        return ProtocolSource.endless(() -> draw(random, ids.next()));
    }

    private StimulusProtocol draw(SplittableRandom random, String id) {
        Pulse pulse = new Pulse(onsetMs.draw(random), durationMs.draw(random), amplitude.draw(random));
        return CatalogueProtocol.of(cellModel, id, SUBSET, List.of(pulse));
    }
}
