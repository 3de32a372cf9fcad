package org.ionstream.schemas.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Avro single-object encoding of one message class: the bytes C3 01, the 8-byte fingerprint of the writer's schema, the
 * record. Reads what was written with a released schema too. Thread-safe. What hostile bytes may ask for is bounded by {@link SafeDecoding}.
 *
 * @param <T> generated message class
 */
public final class AvroWire<T extends SpecificRecord> {
    private final Class<T> messageClass;
    private final BinaryMessageEncoder<T> encoder;
    private final BinaryMessageDecoder<T> decoder;

    public AvroWire(Class<T> messageClass) {
        this.messageClass = messageClass;
        SpecificData data = SpecificData.getForClass(messageClass);
        var schema = data.getSchema(messageClass);
        this.encoder = new BinaryMessageEncoder<>(data, schema);
        this.decoder = new BinaryMessageDecoder<>(data, schema);
        ReleasedSchemas.of(name()).forEach(decoder::addSchema);
    }

    public byte[] encode(T message) {
        try {
            return encoder.encode(message).array(); // a copy of its own and of just this size
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws UnreadableMessageException if the bytes are not such a message */
    public T decode(byte[] bytes) {
        if (bytes == null) {
            throw new UnreadableMessageException(
                    "no value, a %s was expected; send one in Avro single-object encoding".formatted(name()));
        }
        try {
            return decoder.decode(bytes, null);
        } catch (IOException | RuntimeException e) {
            throw new UnreadableMessageException(
                    "%d bytes are not a %s in Avro single-object encoding (C3 01, fingerprint, record): %s; write them with the schema that ionstream schema prints"
                            .formatted(bytes.length, name(), e.getMessage()),
                    e);
        }
    }

    private String name() {
        return messageClass.getSimpleName();
    }
}
