package org.ionstream.schemas.wire;

import org.apache.avro.Conversion;
import org.apache.avro.util.ClassSecurityValidator;
import org.ionstream.schemas.message.StimulusProtocol;

/**
 * Tells Avro that the message classes are harmless (it loads no class named in a schema otherwise, and building a message
 * would end in a SecurityException) and how much a length prefix may ask for. Avro reads both once, at the first message,
 * built or decoded; it looks for conversions (META-INF/services) when a message class loads, the only moment that is always
 * early enough. As a conversion this one is never used.
 */
public final class SafeDecoding extends Conversion<SafeDecoding> {
    /** A hostile length prefix must not allocate more than this; ten times the largest honest record. */
    private static final int LARGEST_COLLECTION = 1_000_000;

    static {
        setLimit("org.apache.avro.limits.bytes.maxLength", 16 * LARGEST_COLLECTION);
        setLimit("org.apache.avro.limits.string.maxLength", LARGEST_COLLECTION);
        setLimit("org.apache.avro.limits.collectionItems.maxLength", LARGEST_COLLECTION);
        String messages = StimulusProtocol.class.getPackageName();
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(),
                type -> type.getPackageName().equals(messages)));
    }

    @Override
    public Class<SafeDecoding> getConvertedType() {
        return SafeDecoding.class;
    }

    @Override
    public String getLogicalTypeName() {
        return "ionstream-safe-decoding";
    }

    private static void setLimit(String property, int limit) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(limit));
        }
    }
}
