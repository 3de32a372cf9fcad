package org.ionstream.schemas.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.ionstream.schemas.message.StimulusProtocol;

/**
 * Avro single-object encoding of one message class: the bytes C3 01, the 8-byte fingerprint of the writer's schema, the
 * record. Thread-safe.
 *
 * @param <T> generated message class
 */
public final class AvroWire<T extends SpecificRecord> {
    /** A hostile length prefix must not allocate more than this; ten times the largest honest record. */
    private static final int LARGEST_COLLECTION = 1_000_000;

    static {
        setLimit("org.apache.avro.limits.bytes.maxLength", 16 * LARGEST_COLLECTION);
        setLimit("org.apache.avro.limits.string.maxLength", LARGEST_COLLECTION);
        setLimit("org.apache.avro.limits.collectionItems.maxLength", LARGEST_COLLECTION);
        trustMessageClasses();
    }

    private final Class<T> messageClass;
    private final BinaryMessageEncoder<T> encoder;
    private final BinaryMessageDecoder<T> decoder;

    public AvroWire(Class<T> messageClass) {
        this.messageClass = messageClass;
        SpecificData data = SpecificData.getForClass(messageClass);
        var schema = data.getSchema(messageClass);
        this.encoder = new BinaryMessageEncoder<>(data, schema);
        this.decoder = new BinaryMessageDecoder<>(data, schema);
    }

    /** That messages are written with. */
    public Schema schema() {
        return SpecificData.getForClass(messageClass).getSchema(messageClass);
    }

    public byte[] encode(T message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try {
            encoder.encode(message, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws UnreadableMessageException if the bytes are not such a message */
    public T decode(byte[] bytes) {
        if (bytes == null) {
            throw new UnreadableMessageException("no value, a %s was expected".formatted(name()));
        }
        try {
            return decoder.decode(bytes, null);
        } catch (IOException | RuntimeException e) {
            throw new UnreadableMessageException(
                    "%d bytes are not a %s in Avro single-object encoding (C3 01, fingerprint, record): %s"
                            .formatted(bytes.length, name(), e.getMessage()),
                    e);
        }
    }

    private String name() {
        return messageClass.getSimpleName();
    }

    /** Avro loads no class named in a schema unless told that it is harmless. */
    private static void trustMessageClasses() {
        String messages = StimulusProtocol.class.getPackageName();
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(),
                type -> type.getPackageName().equals(messages)));
    }

    private static void setLimit(String property, int limit) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(limit));
        }
    }
}
