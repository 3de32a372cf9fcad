package org.ionstream.schemas.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.junit.jupiter.api.Test;

class AmplitudesTest {
    @Test
    void shouldScaleEveryPulseAndNothingElse() {
        StimulusProtocol protocol = Protocols.with(new Pulse(0.0, 2.0, 8.0), new Pulse(10.0, 1.0, -4.0))
                .build();

        StimulusProtocol scaled = Amplitudes.scaled(protocol, 1.5);

        assertThat(scaled.getPulses()).containsExactly(new Pulse(0.0, 2.0, 12.0), new Pulse(10.0, 1.0, -6.0));
        assertThat(StimulusProtocol.newBuilder(scaled)
                        .setPulses(protocol.getPulses())
                        .build())
                .isEqualTo(protocol);
    }
}
