package org.ionstream.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.ionstream.schemas.message.Command;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Protocols;
import org.ionstream.schemas.registry.MemoryRegistry;
import org.ionstream.schemas.registry.RegistryException;
import org.ionstream.schemas.registry.RegistrySettings;
import org.ionstream.schemas.registry.SchemaRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RegisteredWireTest {
    private static final String SUBJECT = "stimuli-value";
    private static final int HEADER_BYTES = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MemoryRegistry registry = new MemoryRegistry();
    private final AvroWire<StimulusProtocol> stimuli =
            new AvroWire<>(StimulusProtocol.class, registry.client(), SUBJECT);
    private final StimulusProtocol protocol = Protocols.valid().build();

    @AfterEach
    void close() {
        registry.close();
    }

    @ParameterizedTest
    @MethodSource("org.ionstream.schemas.wire.AvroWireTest#messages")
    <T extends SpecificRecord> void shouldReadBackEveryMessageAndSoShouldPlainAvro(Class<T> messageClass)
            throws IOException {
        SchemaRegistry client = registry.client();
        AvroWire<T> wire = new AvroWire<>(messageClass, client, "any-value");
        Messages messages = new Messages(1);
        int id = ByteBuffer.wrap(wire.encode(messages.any(messageClass)), 1, 4).getInt();
        Schema writer = client.find(id).orElseThrow();

        for (int i = 0; i < 20; i++) {
            T message = messages.any(messageClass);

            byte[] bytes = wire.encode(message);

            assertThat(wire.decode(bytes)).isEqualTo(message);
            assertThat(bytes[0]).isZero();
            assertThat(ByteBuffer.wrap(bytes, 1, 4).getInt()).isEqualTo(id);
            GenericRecord plain = new GenericDatumReader<GenericRecord>(writer)
                    .read(null, DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - 5, null));
            assertThat(JSON.readTree(plain.toString())).isEqualTo(JSON.readTree(message.toString()));
        }
        assertThat(registry.asked().stream().filter("POST /subjects/any-value/versions"::equals))
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("org.ionstream.schemas.wire.AvroWireTest#messages")
    <T extends SpecificRecord> void shouldThrowNothingButUnreadableAtAnyBytes(Class<T> messageClass) {
        AvroWire<T> wire = new AvroWire<>(messageClass, registry.client(), "any-value");
        SplittableRandom random = new SplittableRandom(2);
        byte[] whole = wire.encode(new Messages(3).any(messageClass));

        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> wire.decode(part))
                    .isInstanceOf(UnreadableMessageException.class)
                    .hasMessageContaining(length + " bytes are not a " + messageClass.getSimpleName());
        }
        for (int i = 0; i < 300; i++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(HEADER_BYTES, changed.length)] = (byte) random.nextInt();
            byte[] noise = new byte[random.nextInt(HEADER_BYTES, 200)];
            random.nextBytes(noise);
            System.arraycopy(whole, 0, noise, 0, HEADER_BYTES);
            assertNothingButUnreadable(wire, changed);
            assertNothingButUnreadable(wire, noise);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000_000, Integer.MAX_VALUE - 8L, 1L << 40, Long.MAX_VALUE, -1})
    void shouldNotAllocateWhatAForgedLengthAsksFor(long length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(stimuli.encode(protocol), 0, HEADER_BYTES);
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        out.writeString("p1");
        out.writeString("fitzhugh-nagumo-1961");
        out.writeLong(length);
        out.flush();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        assertThatThrownBy(() -> stimuli.decode(bytes.toByteArray())).isInstanceOf(UnreadableMessageException.class);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(32 << 20);
    }

    @Test
    void shouldReadBothFormatsWhicheverItWrites() {
        AvroWire<StimulusProtocol> singleObject = new AvroWire<>(StimulusProtocol.class);
        AvroWire<StimulusProtocol> before = new AvroWire<>(
                StimulusProtocol.class,
                new SchemaRegistry(RegistrySettings.of(
                                Map.of("schema.registry.url", registry.url(), "schema.registry.read.only", "true"))
                        .orElseThrow()),
                SUBJECT);

        assertThat(stimuli.decode(singleObject.encode(protocol))).isEqualTo(protocol);
        assertThat(before.encode(protocol)).startsWith(0xC3, 0x01);
        assertThat(before.decode(stimuli.encode(protocol))).isEqualTo(protocol);
        assertThat(before.decode(before.encode(protocol))).isEqualTo(protocol);
    }

    @Test
    void shouldSayThatARegistryIsNeededWhereNoneIsNamed() {
        byte[] bytes = stimuli.encode(protocol);

        assertThatThrownBy(() -> new AvroWire<>(StimulusProtocol.class).decode(bytes))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("name it in schema.registry.url");
    }

    @Test
    void shouldReadWhatWasWrittenWithALaterSchemaOfTheRegistry() throws IOException {
        ObjectNode schema = (ObjectNode)
                JSON.readTree(RegisteredWire.forOthers(Command.getClassSchema()).toString());
        ((ArrayNode) schema.get("fields"))
                .insert(0, JSON.createObjectNode().put("name", "urgency").put("type", "string"));
        Schema later = new Schema.Parser().parse(schema.toString());
        int id = registry.put("commands-value", later.toString());
        GenericRecord record = new Messages(4).record(later);
        record.put("id", "c1");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(ByteBuffer.allocate(HEADER_BYTES).put((byte) 0).putInt(id).array());
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(later).write(record, out);

        Command command =
                new AvroWire<>(Command.class, registry.client(), "commands-value").decode(bytes.toByteArray());

        assertThat(command.getId()).isEqualTo("c1");
    }

    @Test
    void shouldAskOnceForANumberThatTheRegistryDoesNotHave() {
        byte[] foreign = ByteBuffer.allocate(20).put((byte) 0).putInt(77).array();

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> stimuli.decode(foreign))
                    .isInstanceOf(UnreadableMessageException.class)
                    .hasMessageContaining("has no Avro schema 77");
        }

        assertThat(registry.asked()).containsExactly("GET /schemas/ids/77");
    }

    /** Else good records would become dead letters while the registry is away. */
    @Test
    void shouldNotCallARecordUnreadableWhileTheRegistryIsOutOfOrder() {
        byte[] bytes = stimuli.encode(protocol);
        AvroWire<StimulusProtocol> fresh = new AvroWire<>(StimulusProtocol.class, registry.client(), SUBJECT);
        registry.fail(500);

        assertThatThrownBy(() -> fresh.decode(bytes)).isInstanceOf(RegistryException.class);
        assertThatThrownBy(() -> fresh.encode(protocol)).isInstanceOf(RegistryException.class);
        registry.fail(0);

        assertThat(fresh.decode(bytes)).isEqualTo(protocol);
    }

    @Test
    void shouldRegisterTheSchemaAsItStandsInTheFile() {
        stimuli.register();

        Schema registered = registry.client().latest(SUBJECT).orElseThrow();
        assertThat(registered.toString()).doesNotContain("avro.java.string");
        assertThat(registered.getDoc())
                .isEqualTo(StimulusProtocol.getClassSchema().getDoc());
    }

    private static void assertNothingButUnreadable(AvroWire<?> wire, byte[] bytes) {
        try {
            wire.decode(bytes);
        } catch (UnreadableMessageException expected) {
            assertThat(expected).hasMessageContaining("bytes are not a");
        }
    }
}
