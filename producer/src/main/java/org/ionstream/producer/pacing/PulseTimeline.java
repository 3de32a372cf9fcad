package org.ionstream.producer.pacing;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ionstream.schemas.message.Pulse;

/** Pulses put on one time axis in any order; they may touch and must not overlap. One thread fills it. */
public final class PulseTimeline {
    private static final double ROUNDING_MS = 1e-9;

    private final TreeMap<Double, Pulse> byOnset = new TreeMap<>();

    /** @throws IllegalArgumentException naming the pulse that is in the way; then some may have been added */
    public PulseTimeline add(List<Pulse> pulses) {
        pulses.forEach(this::add);
        return this;
    }

    /** In order of their onsets. */
    public List<Pulse> pulses() {
        return List.copyOf(byOnset.values());
    }

    private void add(Pulse pulse) {
        refuseOverlap(byOnset.floorEntry(pulse.getOnsetMs()), pulse);
        refuseOverlap(byOnset.higherEntry(pulse.getOnsetMs()), pulse);
        byOnset.put(pulse.getOnsetMs(), pulse);
    }

    private static void refuseOverlap(Map.Entry<Double, Pulse> neighbour, Pulse added) {
        if (neighbour == null) {
            return;
        }
        Pulse there = neighbour.getValue();
        Pulse first = there.getOnsetMs() <= added.getOnsetMs() ? there : added;
        Pulse second = first == there ? added : there;
        if (first.getOnsetMs() + first.getDurationMs() > second.getOnsetMs() + ROUNDING_MS) {
            throw new IllegalArgumentException(
                    "the pulse at %s ms lasts %s ms and the next begins at %s ms; move one of them, or add up overlaps"
                            .formatted(first.getOnsetMs(), first.getDurationMs(), second.getOnsetMs()));
        }
    }
}
