package org.ionstream.surrogate.fno;

import static org.ionstream.surrogate.fno.GraphCheck.require;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * What is known of a tensor before the graph runs, for one size of the batch.
 *
 * @param shape sizes, none negative
 * @param values of a small tensor of integers, from which shapes are computed; null: not known
 */
record KnownTensor(long[] shape, long[] values) {
    /** A shape has a handful of sizes. */
    static final int MOST_VALUES = 64;

    private static final long LARGEST_VALUE = Integer.MAX_VALUE;

    static KnownTensor of(long... shape) {
        return new KnownTensor(shape, null);
    }

    /** A vector or, with an empty shape, a number. Values that 32 bits may not hold are not followed. */
    static KnownTensor integers(long[] shape, long... values) {
        boolean followed = values.length <= MOST_VALUES;
        for (long value : values) {
            followed &= Math.abs(value) <= LARGEST_VALUE;
        }
        return new KnownTensor(shape, followed ? values : null);
    }

    /** @throws UnusableModelException if the file has fewer values than the shape says */
    static KnownTensor of(TensorProto tensor) {
        long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
        long elements = elements(shape);
        require(
                elements >= 0 && elements <= tensor.getSerializedSize(),
                "tensor '%s' is of shape %s and has %d bytes; export it with all its values",
                tensor.getName(),
                tensor.getDimsList(),
                tensor.getSerializedSize());
        boolean small = tensor.getDataType() == TensorProto.DataType.INT64_VALUE && elements <= MOST_VALUES;
        long[] values = small ? longs(tensor) : null;
        return values == null || values.length != elements ? of(shape) : integers(shape, values);
    }

    private static long[] longs(TensorProto tensor) {
        if (!tensor.hasRawData()) {
            return tensor.getInt64DataList().stream().mapToLong(Long::longValue).toArray();
        }
        LongBuffer raw = tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer();
        long[] values = new long[raw.remaining()];
        raw.get(values);
        return values;
    }

    long elements() {
        return elements(shape);
    }

    int rank() {
        return shape.length;
    }

    boolean isKnown() {
        return values != null;
    }

    /** The product; the largest long if it is beyond that, -1 if a size is negative. */
    static long elements(long... sizes) {
        long elements = 1;
        for (long size : sizes) {
            if (size < 0) {
                return -1;
            }
            boolean beyond = size > 0 && elements > Long.MAX_VALUE / size;
            elements = beyond ? Long.MAX_VALUE : elements * size;
        }
        return elements;
    }
}
