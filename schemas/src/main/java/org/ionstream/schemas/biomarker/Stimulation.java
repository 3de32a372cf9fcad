package org.ionstream.schemas.biomarker;

import java.util.ArrayList;
import java.util.List;
import org.ionstream.schemas.message.Pulse;

/** A time of depolarising current, [onsetMs, endMs); however many pulses it is made of. */
record Stimulation(double onsetMs, double endMs) {
    /** Pulses computed as onset + period * k touch each other within rounding. */
    static final double ROUNDING_MS = 1e-9;

    /** @param pulses in order, not overlapping */
    static List<Stimulation> of(List<Pulse> pulses) {
        List<Stimulation> stimulations = new ArrayList<>();
        for (Pulse pulse : pulses) {
            if (pulse.getAmplitude() <= 0 || pulse.getDurationMs() <= ROUNDING_MS) {
                continue;
            }
            double endMs = pulse.getOnsetMs() + pulse.getDurationMs();
            int last = stimulations.size() - 1;
            if (last >= 0 && pulse.getOnsetMs() - stimulations.get(last).endMs() <= ROUNDING_MS) {
                stimulations.set(last, new Stimulation(stimulations.get(last).onsetMs(), endMs));
            } else {
                stimulations.add(new Stimulation(pulse.getOnsetMs(), endMs));
            }
        }
        return stimulations;
    }
}
