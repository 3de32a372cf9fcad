package org.ionstream.schemas.protocol;

import java.util.List;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.Route;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.stream.Topics;

/** Protocols to begin a test from. */
public final class Protocols {
    static {
        Topics.standard(); // makes Avro trust the message classes
    }

    private Protocols() {}

    public static StimulusProtocol.Builder fitzHughNagumo(Pulse... pulses) {
        return StimulusProtocol.newBuilder()
                .setId("p1")
                .setCellModel("fitzhugh-nagumo-1961")
                .setPulses(List.of(pulses))
                .setHorizonMs(100)
                .setOutputStepMs(1)
                .setRoute(Route.AUTO);
    }

    public static Pulse pulse(double onsetMs, double durationMs, double amplitude) {
        return new Pulse(onsetMs, durationMs, amplitude);
    }
}
