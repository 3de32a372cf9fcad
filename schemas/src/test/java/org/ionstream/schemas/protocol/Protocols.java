package org.ionstream.schemas.protocol;

import java.util.List;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.SampledCurrent;
import org.ionstream.schemas.message.StimulusProtocol;

/** Protocols to start a test from. */
public final class Protocols {
    private Protocols() {}

    /** FitzHugh-Nagumo, 100 ms in steps of 1 ms, no current. */
    public static StimulusProtocol.Builder valid() {
        return StimulusProtocol.newBuilder()
                .setId("p1")
                .setCellModel("fitzhugh-nagumo-1961")
                .setPulses(List.of())
                .setHorizonMs(100)
                .setOutputStepMs(1);
    }

    public static StimulusProtocol.Builder with(Pulse... pulses) {
        return valid().setPulses(List.of(pulses));
    }

    public static StimulusProtocol.Builder sampled(double stepMs, Float... values) {
        return valid().setSampledCurrent(new SampledCurrent(stepMs, List.of(values)));
    }
}
