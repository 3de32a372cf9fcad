package org.ionstream.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.ionstream.schemas.message.Command;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.message.Trajectory;
import org.ionstream.schemas.protocol.Protocols;
import org.ionstream.schemas.stream.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroWireTest {
    /** C3 01 and the schema's fingerprint. */
    private static final int HEADER_BYTES = 10;

    private static final AvroWire<StimulusProtocol> STIMULI = new AvroWire<>(StimulusProtocol.class);

    /** Of every topic. */
    static Stream<Class<?>> messages() {
        return Topics.standard().all().stream()
                .map(topic -> SpecificData.get().getClass(topic.wire().schema()));
    }

    @ParameterizedTest
    @MethodSource("messages")
    <T extends SpecificRecord> void shouldReadBackEveryMessage(Class<T> messageClass) {
        AvroWire<T> wire = new AvroWire<>(messageClass);
        Messages messages = new Messages(1);

        for (int i = 0; i < 50; i++) {
            T message = messages.any(messageClass);

            byte[] bytes = wire.encode(message);

            assertThat(bytes).startsWith(0xC3, 0x01);
            assertThat(wire.decode(bytes)).isEqualTo(message);
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    <T extends SpecificRecord> void shouldRefuseEveryTruncation(Class<T> messageClass) {
        AvroWire<T> wire = new AvroWire<>(messageClass);
        byte[] whole = wire.encode(new Messages(2).any(messageClass));

        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);

            assertThatThrownBy(() -> wire.decode(part))
                    .isInstanceOf(UnreadableMessageException.class)
                    .hasMessageContaining(length + " bytes are not a " + messageClass.getSimpleName());
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    <T extends SpecificRecord> void shouldThrowNothingElseAtChangedBytes(Class<T> messageClass) {
        AvroWire<T> wire = new AvroWire<>(messageClass);
        SplittableRandom random = new SplittableRandom(3);
        byte[] whole = wire.encode(new Messages(4).any(messageClass));

        for (int i = 0; i < 300; i++) {
            byte[] changed = whole.clone();
            for (int k = random.nextInt(1, 4); k > 0; k--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }

            assertNothingButUnreadable(wire, changed);
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    <T extends SpecificRecord> void shouldThrowNothingElseAtRandomBytes(Class<T> messageClass) {
        AvroWire<T> wire = new AvroWire<>(messageClass);
        SplittableRandom random = new SplittableRandom(5);
        byte[] header = Arrays.copyOf(wire.encode(new Messages(6).any(messageClass)), HEADER_BYTES);

        for (int i = 0; i < 300; i++) {
            byte[] bytes = new byte[random.nextInt(HEADER_BYTES, 200)];
            random.nextBytes(bytes);
            byte[] addressed = bytes.clone();
            System.arraycopy(header, 0, addressed, 0, HEADER_BYTES);

            assertNothingButUnreadable(wire, bytes);
            assertNothingButUnreadable(wire, addressed);
        }
    }

    @Test
    void shouldRefuseNoValueAndAnotherMessage() {
        byte[] command = new AvroWire<>(Command.class).encode(new Messages(7).any(Command.class));

        assertThatThrownBy(() -> STIMULI.decode(null))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessage("no value, a StimulusProtocol was expected; send one in Avro single-object encoding");
        assertThatThrownBy(() -> STIMULI.decode(command)).isInstanceOf(UnreadableMessageException.class);
        assertThatThrownBy(() -> STIMULI.decode(new byte[0])).isInstanceOf(UnreadableMessageException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {100_000, 1_000_000, Integer.MAX_VALUE - 8L, 1L << 40, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void shouldNotAllocateWhatAForgedLengthAsksFor(long length) throws IOException {
        byte[] pulses = forged(out -> {
            out.writeString("p1");
            out.writeString("fitzhugh-nagumo-1961");
            out.writeLong(length);
        });
        byte[] id = forged(out -> out.writeLong(length));
        byte[] current = forged(out -> {
            out.writeString("p1");
            out.writeString("fitzhugh-nagumo-1961");
            out.writeLong(0);
            out.writeIndex(1);
            out.writeDouble(1);
            out.writeLong(length);
        });

        for (byte[] bytes : List.of(pulses, id, current)) {
            assertRefusedWithin(32 << 20, STIMULI, bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {10_000_000, Integer.MAX_VALUE - 8L, Long.MAX_VALUE, -1})
    void shouldNotAllocateTheForgedValuesOfATrajectory(long length) throws IOException {
        AvroWire<Trajectory> wire = new AvroWire<>(Trajectory.class);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(wire.encode(new Messages(8).any(Trajectory.class)), 0, HEADER_BYTES);
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        out.writeDouble(1);
        out.writeInt(1);
        out.writeLong(0);
        out.writeEnum(0);
        out.writeLong(length);

        assertRefusedWithin(32 << 20, wire, bytes.toByteArray());
    }

    /** In a process of its own, for in this one Avro has learned long ago what to trust and where to stop. */
    @Test
    void shouldBuildAndRefuseSafelyBeforeAnythingElseIsLoaded() throws Exception {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BuildFirst.class.getName())
                .redirectErrorStream(true)
                .start();

        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("built p1").contains("refused");
    }

    /** Builds a message, then receives one with a forged length, and that is all. */
    static final class BuildFirst {
        public static void main(String[] arguments) throws IOException {
            System.out.println("built " + Protocols.valid().build().getId());
            try {
                STIMULI.decode(forged(out -> out.writeLong(1_000_000_000)));
            } catch (UnreadableMessageException e) {
                System.out.println("refused");
            }
        }
    }

    private interface Writing {
        void to(BinaryEncoder out) throws IOException;
    }

    /** A protocol that begins honestly. */
    private static byte[] forged(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(STIMULI.encode(Protocols.valid().build()), 0, HEADER_BYTES);
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        writing.to(out);
        out.flush();
        return bytes.toByteArray();
    }

    private static void assertRefusedWithin(long allocatedBytes, AvroWire<?> wire, byte[] bytes) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        assertThatThrownBy(() -> wire.decode(bytes)).isInstanceOf(UnreadableMessageException.class);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(allocatedBytes);
    }

    private static void assertNothingButUnreadable(AvroWire<?> wire, byte[] bytes) {
        assertThatCode(() -> {
                    try {
                        wire.decode(bytes);
                    } catch (UnreadableMessageException expected) {
                        assertThat(expected).hasMessageContaining("bytes are not a");
                    }
                })
                .doesNotThrowAnyException();
    }
}
