package org.ionstream.schemas.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.message.RawMessageDecoder;
import org.apache.avro.message.RawMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.ionstream.schemas.registry.SchemaRegistry;

/**
 * Confluent's wire format of one message class: the byte 00, the 4-byte big-endian number that the schema registry gave to the
 * writer's schema, the record in Avro binary. A number is asked for once, at the first record that has it. Thread-safe.
 *
 * @param <T> generated message class
 */
final class RegisteredWire<T extends SpecificRecord> {
    static final byte MARK = 0;
    static final int HEADER_BYTES = 5;

    /** Honest topics have a handful; the bound is for those who write random numbers. */
    private static final int MOST_KNOWN = 1_000;
    /** A number that the registry does not have is not asked for again before this: poison would ask with each record. */
    private static final Duration UNKNOWN_FOR = Duration.ofMinutes(1);

    /** @param decoder none: the registry had no Avro schema of the number at that time */
    private record Known<T>(Optional<RawMessageDecoder<T>> decoder, long atNanos) {
        boolean holds() {
            return decoder.isPresent() || System.nanoTime() - atNanos < UNKNOWN_FOR.toNanos();
        }
    }

    private final SchemaRegistry registry;
    private final String subject;
    private final SpecificData data;
    private final Schema schema;
    private final RawMessageEncoder<T> encoder;
    private final Map<Integer, Known<T>> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Known<T>> eldest) {
            return size() > MOST_KNOWN;
        }
    };
    private volatile Optional<Integer> ownId = Optional.empty();

    RegisteredWire(Class<T> messageClass, SchemaRegistry registry, String subject) {
        this.registry = registry;
        this.subject = subject;
        this.data = SpecificData.getForClass(messageClass);
        this.schema = data.getSchema(messageClass);
        this.encoder = new RawMessageEncoder<>(data, schema, false);
    }

    static boolean isRegistered(byte[] bytes) {
        return bytes.length >= HEADER_BYTES && bytes[0] == MARK;
    }

    static int id(byte[] bytes) {
        return ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
    }

    boolean isWritten() {
        return registry.isWritten();
    }

    /** The number of the present schema; registers it the first time. */
    int register() {
        if (ownId.isEmpty()) {
            ownId = Optional.of(registry.register(subject, forOthers(schema)));
        }
        return ownId.get();
    }

    byte[] encode(T message) throws IOException {
        int id = register();
        ByteBuffer body = encoder.encode(message); // a view of the encoder's own buffer
        return ByteBuffer.allocate(HEADER_BYTES + body.remaining())
                .put(MARK)
                .putInt(id)
                .put(body)
                .array();
    }

    /** What reads records of this number; none if the registry has no Avro schema of it. */
    synchronized Optional<RawMessageDecoder<T>> decoder(int id) {
        Known<T> found = known.get(id);
        if (found == null || !found.holds()) {
            found = new Known<>(
                    registry.find(id).map(writer -> new RawMessageDecoder<T>(data, writer, schema)), System.nanoTime());
            known.put(id, found);
        }
        return found.decoder();
    }

    String registryName() {
        return registry.toString();
    }

    /** Without the notes to Avro's Java code generator: the schema as it stands in the files. */
    static Schema forOthers(Schema schema) {
        try {
            JsonNode json = new ObjectMapper().readTree(schema.toString());
            json.findParents("avro.java.string").forEach(noted -> ((ObjectNode) noted).remove("avro.java.string"));
            return new Schema.Parser().parse(json.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
