package org.ionstream.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ionstream.schemas.protocol.Protocols.fitzHughNagumo;
import static org.ionstream.schemas.protocol.Protocols.pulse;

import java.util.Arrays;
import java.util.Random;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;
import org.junit.jupiter.api.Test;

class AvroWireTest {
    private final Topic<StimulusProtocol> topic = Topics.standard().stimuli;
    private final StimulusProtocol protocol = fitzHughNagumo(pulse(0, 1, 2)).build();
    private final byte[] bytes = topic.wire().encode(protocol);

    @Test
    void shouldComeBackEqualWithTheSingleObjectHeader() {
        assertThat(topic.wire().decode(bytes)).isEqualTo(protocol);
        assertThat(bytes).startsWith(0xC3, 0x01);
    }

    @Test
    void shouldCallEveryTruncationUnreadable() {
        for (int length = 0; length < bytes.length; length++) {
            byte[] truncated = Arrays.copyOf(bytes, length);

            assertThatThrownBy(() -> topic.wire().decode(truncated))
                    .isInstanceOf(UnreadableMessageException.class)
                    .hasMessageContaining("are not a StimulusProtocol");
        }
    }

    @Test
    void shouldSurviveNoiseAfterAnHonestHeader() {
        Random random = new Random(1);
        for (int trial = 0; trial < 20_000; trial++) {
            byte[] forged = Arrays.copyOf(bytes, 10 + random.nextInt(60));
            for (int i = 10; i < forged.length; i++) {
                forged[i] = (byte) random.nextInt(256);
            }
            try {
                topic.wire().decode(forged);
            } catch (UnreadableMessageException e) {
                assertThat(e.getMessage()).contains("StimulusProtocol");
            }
        }
    }

    @Test
    void shouldNotAllocateWhatAForgedLengthClaims() {
        // id of length 0, cell model of length 0, then an array block that claims 2^31 - 2 pulses
        byte[] claim = {0, 0, (byte) 0xFC, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
        byte[] forged = Arrays.copyOf(bytes, 10 + claim.length);
        System.arraycopy(claim, 0, forged, 10, claim.length);

        assertThatThrownBy(() -> topic.wire().decode(forged)).isInstanceOf(UnreadableMessageException.class);
    }

    @Test
    void shouldRefuseAnotherMessageAndNoMessage() {
        byte[] other = Topics.standard()
                .commandResults
                .wire()
                .encode(new CommandResult("c", "m", CommandStatus.FAILED, "", 1L));

        assertThatThrownBy(() -> topic.wire().decode(other)).isInstanceOf(UnreadableMessageException.class);
        assertThatThrownBy(() -> topic.wire().decode(null)).hasMessageContaining("no value");
    }
}
