package org.ionstream.schemas.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.RawMessageDecoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.ionstream.schemas.registry.SchemaRegistry;

/**
 * Avro encoding of one message class. Without a schema registry it writes single-object encoding: the bytes C3 01, the 8-byte
 * fingerprint of the writer's schema, the record; with one, Confluent's wire format ({@link RegisteredWire}). Both are read,
 * as a topic has both after a switch, and what was written with a released schema too. Thread-safe. What hostile bytes may ask
 * for is bounded by {@link SafeDecoding}.
 *
 * @param <T> generated message class
 */
public final class AvroWire<T extends SpecificRecord> {
    private final Class<T> messageClass;
    private final BinaryMessageEncoder<T> encoder;
    private final BinaryMessageDecoder<T> decoder;
    private final Optional<RegisteredWire<T>> registered;

    /** Knows no registry. */
    public AvroWire(Class<T> messageClass) {
        this(messageClass, Optional.empty());
    }

    /** @param subject that the schema is registered under */
    public AvroWire(Class<T> messageClass, SchemaRegistry registry, String subject) {
        this(messageClass, Optional.of(new RegisteredWire<>(messageClass, registry, subject)));
    }

    private AvroWire(Class<T> messageClass, Optional<RegisteredWire<T>> registered) {
        this.messageClass = messageClass;
        SpecificData data = SpecificData.getForClass(messageClass);
        this.encoder = new BinaryMessageEncoder<>(data, schema());
        this.decoder = new BinaryMessageDecoder<>(data, schema());
        ReleasedSchemas.of(name()).forEach(decoder::addSchema);
        this.registered = registered;
    }

    /** The schema that messages are written with. */
    public Schema schema() {
        return SpecificData.getForClass(messageClass).getSchema(messageClass);
    }

    /**
     * Has the registry take the schema, if there is one and messages are written with it: sooner than the first message would.
     *
     * @throws org.ionstream.schemas.registry.RegistryException if it does not answer, or does not take it
     */
    public void register() {
        registered.filter(RegisteredWire::isWritten).ifPresent(RegisteredWire::register);
    }

    /** @throws org.ionstream.schemas.registry.RegistryException if a registry is asked and does not answer */
    public byte[] encode(T message) {
        try {
            return registered.isPresent() && registered.get().isWritten()
                    ? registered.get().encode(message)
                    : encoder.encode(message).array(); // a copy of its own and of just this size
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @throws UnreadableMessageException if the bytes are not such a message
     * @throws org.ionstream.schemas.registry.RegistryException if the registry must be asked and does not answer
     */
    public T decode(byte[] bytes) {
        if (bytes == null) {
            throw new UnreadableMessageException(
                    "no value, a %s was expected; send one in Avro single-object encoding".formatted(name()));
        }
        return RegisteredWire.isRegistered(bytes) ? decodeRegistered(bytes) : decodeSingleObject(bytes);
    }

    private T decodeSingleObject(byte[] bytes) {
        try {
            return decoder.decode(bytes, null);
        } catch (IOException | RuntimeException e) {
            throw unreadable(
                    bytes,
                    "in Avro single-object encoding (C3 01, fingerprint, record): %s; write them with the schema that ionstream schema prints"
                            .formatted(e.getMessage()),
                    e);
        }
    }

    private T decodeRegistered(byte[] bytes) {
        int id = RegisteredWire.id(bytes);
        RawMessageDecoder<T> reader = registered
                .orElseThrow(() -> unreadable(
                        bytes,
                        "without a schema registry, and begin like one with schema %d of a registry; name it in schema.registry.url, or write them in Avro single-object encoding"
                                .formatted(id),
                        null))
                .decoder(id)
                .orElseThrow(() -> unreadable(
                        bytes,
                        "in Confluent's wire format (00, schema number, record): %s has no Avro schema %d; write them with one that it has"
                                .formatted(registered.get().registryName(), id),
                        null));
        try {
            return reader.decode(
                    ByteBuffer.wrap(bytes, RegisteredWire.HEADER_BYTES, bytes.length - RegisteredWire.HEADER_BYTES),
                    null);
        } catch (IOException | RuntimeException e) {
            throw unreadable(
                    bytes,
                    "in Confluent's wire format with schema %d: %s; write them with that schema"
                            .formatted(id, e.getMessage()),
                    e);
        }
    }

    /** @param cause null: none */
    private UnreadableMessageException unreadable(byte[] bytes, String why, Exception cause) {
        return new UnreadableMessageException("%d bytes are not a %s %s".formatted(bytes.length, name(), why), cause);
    }

    private String name() {
        return messageClass.getSimpleName();
    }
}
