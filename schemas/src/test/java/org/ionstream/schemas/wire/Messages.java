package org.ionstream.schemas.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** A message of any schema, every field filled by chance. */
final class Messages {
    private static final int MOST_ITEMS = 4;

    private final SplittableRandom random;

    Messages(long seed) {
        random = new SplittableRandom(seed);
    }

    <T extends SpecificRecord> T any(Class<T> messageClass) {
        SpecificData data = SpecificData.getForClass(messageClass);
        return messageClass.cast(any(data.getSchema(messageClass), data));
    }

    /** Of a schema that has no class any more. */
    GenericRecord record(Schema schema) {
        return (GenericRecord) any(schema, GenericData.get());
    }

    private Object any(Schema schema, GenericData data) {
        return switch (schema.getType()) {
            case RECORD -> {
                Object message = data.newRecord(null, schema);
                schema.getFields()
                        .forEach(field -> data.setField(message, field.name(), field.pos(), any(field.schema(), data)));
                yield message;
            }
            case ENUM ->
                data.createEnum(
                        schema.getEnumSymbols()
                                .get(random.nextInt(schema.getEnumSymbols().size())),
                        schema);
            case ARRAY -> {
                List<Object> items = new ArrayList<>();
                for (int i = random.nextInt(MOST_ITEMS); i > 0; i--) {
                    items.add(any(schema.getElementType(), data));
                }
                yield new GenericData.Array<>(schema, items);
            }
            case MAP -> Map.of(text(), any(schema.getValueType(), data), text(), any(schema.getValueType(), data));
            case UNION ->
                any(schema.getTypes().get(random.nextInt(schema.getTypes().size())), data);
            case STRING -> text();
            case BYTES -> ByteBuffer.wrap(text().getBytes(StandardCharsets.UTF_8));
            case INT -> random.nextInt();
            case LONG -> random.nextLong();
            case FLOAT -> (float) random.nextDouble();
            case DOUBLE -> random.nextDouble();
            case BOOLEAN -> random.nextBoolean();
            case NULL -> null;
            case FIXED -> throw new IllegalArgumentException("no message has a " + schema.getType());
        };
    }

    private String text() {
        return "µ" + Long.toHexString(random.nextLong());
    }
}
