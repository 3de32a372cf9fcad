package org.ionstream.schemas.protocol;

import java.util.List;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;

/** Of a protocol's pulses. */
public final class Amplitudes {
    private Amplitudes() {}

    /** The protocol with every pulse so many times as strong, at the same times; a sampled current stays as it is. */
    public static StimulusProtocol scaled(StimulusProtocol protocol, double factor) {
        List<Pulse> pulses = protocol.getPulses().stream()
                .map(pulse -> new Pulse(pulse.getOnsetMs(), pulse.getDurationMs(), factor * pulse.getAmplitude()))
                .toList();
        return StimulusProtocol.newBuilder(protocol).setPulses(pulses).build();
    }
}
