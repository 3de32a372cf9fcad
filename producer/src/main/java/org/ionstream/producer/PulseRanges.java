package org.ionstream.producer;

/**
 * What pulses are drawn from, in place of a distribution's own ranges. A range that is null is left as it is.
 *
 * @param onsetMs of the first pulse
 * @param durationMs of a pulse
 * @param amplitude in the cell model's stimulus unit
 */
public record PulseRanges(Range onsetMs, Range durationMs, Range amplitude) {
    public static final PulseRanges NONE = new PulseRanges(null, null, null);

    public PulseRanges {
        if (onsetMs != null && onsetMs.from() < 0 || durationMs != null && durationMs.from() < 0) {
            throw new IllegalArgumentException(
                    "onsets %s ms, durations %s ms: neither may begin below 0".formatted(onsetMs, durationMs));
        }
    }
}
