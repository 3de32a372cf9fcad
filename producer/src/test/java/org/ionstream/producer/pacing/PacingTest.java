package org.ionstream.producer.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.protocol.Stimulus;
import org.junit.jupiter.api.Test;

class PacingTest {
    @Test
    void shouldRepeatAPulseAtTheCycleLength() {
        var train = new PulseTrain(5, 20, 2, 0.5, 3);

        assertThat(train.pulses())
                .containsExactly(new Pulse(5.0, 2.0, 0.5), new Pulse(25.0, 2.0, 0.5), new Pulse(45.0, 2.0, 0.5));
    }

    @Test
    void shouldPlaceS2AtTheCouplingIntervalAfterTheLastS1() {
        var s1s2 = new S1S2(new PulseTrain(0, 200, 2, 20, 2), 120, 1, 30);

        assertThat(s1s2.pulses())
                .containsExactly(new Pulse(0.0, 2.0, 20.0), new Pulse(200.0, 2.0, 20.0), new Pulse(320.0, 1.0, 30.0));
    }

    @Test
    void shouldMakeAValidProtocolOfPulsesThatTouch() {
        var train = new PulseTrain(0.1, 0.3, 0.3, 10, 100);

        var protocol = train.protocol(CellModels.HODGKIN_HUXLEY_1952, "touching");

        assertThat(Stimulus.of(protocol).pulses()).hasSize(100);
        assertThat(protocol.getTags()).containsEntry("subset", "pulse-train");
    }

    @Test
    void shouldRefuseACycleShorterThanItsPulse() {
        assertThatThrownBy(() -> new PulseTrain(0, 2, 3, 10, 2))
                .hasMessageContaining("3.0 ms")
                .hasMessageContaining("2.0 ms");
    }

    @Test
    void shouldNotAskForACycleLengthOfASinglePulse() {
        assertThat(new PulseTrain(0, 0, 3, 10, 1).pulses()).hasSize(1);
    }

    @Test
    void shouldRefuseS2WithinTheLastS1() {
        var s1 = new PulseTrain(0, 20, 3, 10, 2);

        assertThatThrownBy(() -> new S1S2(s1, 2, 1, 10)).hasMessageContaining("must not begin within S1");
    }

    @Test
    void shouldRefuseNumbersThatAreNone() {
        assertThatThrownBy(() -> new PulseTrain(Double.NaN, 20, 2, 1, 2)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new PulseTrain(0, Double.NaN, 2, 1, 2)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new PulseTrain(0, 20, 2, Double.NaN, 2)).hasMessageContaining("NaN");
    }
}
