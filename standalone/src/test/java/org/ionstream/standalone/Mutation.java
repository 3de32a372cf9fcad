package org.ionstream.standalone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.ionstream.schemas.wire.AvroWire;

/** Changes a message as chance or malice might. */
final class Mutation {
    static final double[] NOT_FINITE = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    static final double[] EXTREME = {
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        -0.0,
        0,
        -1,
        1e-12,
        1e9,
        0x1p53,
        9_999.999
    };

    private final SplittableRandom random;

    Mutation(SplittableRandom random) {
        this.random = random;
    }

    /** At least one byte short. */
    byte[] truncated(byte[] whole) {
        return Arrays.copyOf(whole, random.nextInt(whole.length));
    }

    /** One to three bits. */
    byte[] flipped(byte[] whole) {
        byte[] bytes = whole.clone();
        for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    /** With one of the values in one of the fields that hold a number with a fraction. */
    <T extends SpecificRecord> T withNumber(T message, AvroWire<T> wire, double... values) {
        T copy = wire.decode(wire.encode(message)); // all its lists and maps can be written to
        List<DoubleConsumer> places = new ArrayList<>();
        collect(copy, places);
        places.get(random.nextInt(places.size())).accept(values[random.nextInt(values.length)]);
        return copy;
    }

    @SuppressWarnings("unchecked")
    private static void collect(Object node, List<DoubleConsumer> places) {
        if (node instanceof IndexedRecord message) {
            for (Schema.Field field : message.getSchema().getFields()) {
                collect(message.get(field.pos()), value -> message.put(field.pos(), value), places);
            }
        } else if (node instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                int at = i;
                collect(list.get(i), value -> ((List<Object>) list).set(at, value), places);
            }
        } else if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> collect(value, set -> ((Map<Object, Object>) map).put(key, set), places));
        }
    }

    private static void collect(Object value, Consumer<Object> setter, List<DoubleConsumer> places) {
        if (value instanceof Double) {
            places.add(setter::accept);
        } else if (value instanceof Float) {
            places.add(number -> setter.accept((float) number));
        } else {
            collect(value, places);
        }
    }
}
