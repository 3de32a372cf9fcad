package org.ionstream.surrogate.fno;

import static org.ionstream.surrogate.fno.GraphCheck.require;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The operators with which exporters compute one shape from another: their values are followed as long as they are small
 * integers, so that the shapes that come of them are known.
 */
record NodeValues(NodeShape node) {

    KnownTensor result() {
        return switch (node.node().getOpType()) {
            case "Add" -> pairwise((a, b) -> a + b);
            case "Sub" -> pairwise((a, b) -> a - b);
            case "Mul" -> pairwise((a, b) -> a * b);
            case "Div" -> pairwise((a, b) -> b == 0 ? Long.MAX_VALUE : a / b);
            case "Equal" -> pairwise((a, b) -> a == b ? 1 : 0);
            case "Where" -> where();
            case "Cast" -> cast();
            case "Identity" -> node.input(0);
            case "Concat" -> concat();
            case "Gather" -> gather();
            case "Slice" -> slice();
            case "Squeeze" -> as(squeezed());
            case "Unsqueeze" -> as(unsqueezed());
            case "Reshape" -> as(reshaped());
            case "ConstantOfShape" -> constantOfShape();
            default -> throw new IllegalArgumentException(node.name());
        };
    }

    private KnownTensor pairwise(LongBinaryOperator operation) {
        KnownTensor left = node.input(0);
        KnownTensor right = node.input(1);
        long[] shape = node.broadcast(List.of(left, right));
        if (!left.isKnown() || !right.isKnown() || shape.length > 1) {
            return KnownTensor.of(shape);
        }
        return KnownTensor.integers(
                shape,
                IntStream.range(0, (int) KnownTensor.elements(shape))
                        .mapToLong(i -> operation.applyAsLong(at(left, i), at(right, i)))
                        .toArray());
    }

    private KnownTensor where() {
        long[] shape = node.broadcast(List.of(node.input(0), node.input(1), node.input(2)));
        if (!node.input(0).isKnown()
                || !node.input(1).isKnown()
                || !node.input(2).isKnown()
                || shape.length > 1) {
            return KnownTensor.of(shape);
        }
        return KnownTensor.integers(
                shape,
                IntStream.range(0, (int) KnownTensor.elements(shape))
                        .mapToLong(i -> at(node.input(at(node.input(0), i) != 0 ? 1 : 2), i))
                        .toArray());
    }

    /** Of a number or a vector; a single value stands for all. */
    private static long at(KnownTensor tensor, int i) {
        return tensor.values()[tensor.values().length == 1 ? 0 : i];
    }

    private KnownTensor cast() {
        long to = node.integer("to", 0);
        boolean integer = to == TensorProto.DataType.INT64_VALUE || to == TensorProto.DataType.INT32_VALUE;
        return integer ? node.input(0) : KnownTensor.of(node.input(0).shape());
    }

    private KnownTensor as(long[] shape) {
        return new KnownTensor(shape, node.input(0).values());
    }

    private KnownTensor concat() {
        long[] shape = node.input(0).shape().clone();
        int axis = node.axis(node.integer("axis", 0), shape.length);
        shape[axis] = 0;
        boolean known = shape.length == 1;
        for (KnownTensor input : node.inputs()) {
            require(
                    input != null && input.rank() == shape.length,
                    "%s joins tensors of different ranks; export the model again",
                    node.name());
            shape[axis] = Math.addExact(shape[axis], Math.min(input.shape()[axis], Integer.MAX_VALUE));
            for (int i = 0; i < shape.length; i++) {
                shape[i] = i == axis ? shape[i] : Math.max(shape[i], input.shape()[i]);
            }
            known &= input.isKnown();
        }
        return known
                ? KnownTensor.integers(
                        shape,
                        node.inputs().stream()
                                .flatMapToLong(input -> LongStream.of(input.values()))
                                .toArray())
                : KnownTensor.of(shape);
    }

    private KnownTensor gather() {
        KnownTensor source = node.input(0);
        KnownTensor indices = node.input(1);
        int axis = node.axis(node.integer("axis", 0), source.rank());
        long[] shape = LongStream.concat(
                        LongStream.concat(Arrays.stream(source.shape(), 0, axis), LongStream.of(indices.shape())),
                        Arrays.stream(source.shape(), axis + 1, source.rank()))
                .toArray();
        if (!source.isKnown() || !indices.isKnown() || source.rank() != 1) {
            return KnownTensor.of(shape);
        }
        return KnownTensor.integers(
                shape,
                LongStream.of(indices.values())
                        .map(index -> source.values()[node.axis(index, source.values().length)])
                        .toArray());
    }

    private KnownTensor slice() {
        KnownTensor source = node.input(0);
        long[] starts = node.values("starts", 1);
        long[] ends = node.values("ends", 2);
        long[] named = node.values("axes", 3);
        require(starts != null && ends != null, "%s has no starts or no ends; export the model again", node.name());
        int[] axes = named == null ? IntStream.range(0, starts.length).toArray() : node.axes(named, source.rank());
        long[] steps = node.has(4)
                ? node.values(4)
                : LongStream.generate(() -> 1).limit(starts.length).toArray();
        require(
                starts.length == axes.length && ends.length == axes.length && steps.length == axes.length,
                "%s has not as many starts, ends and steps as axes; export the model again",
                node.name());
        long[] shape = source.shape().clone();
        long[] values = source.values();
        for (int i = 0; i < axes.length; i++) {
            require(steps[i] > 0, "%s has step %d; export with steps above 0", node.name(), steps[i]);
            long size = shape[axes[i]];
            long from = bound(starts[i], size);
            long to = Math.max(from, bound(ends[i], size));
            long step = steps[i];
            shape[axes[i]] = (to - from + step - 1) / step;
            values = values == null || source.rank() != 1
                    ? null
                    : IntStream.range(0, (int) shape[0])
                            .mapToLong(k -> source.values()[(int) (from + k * step)])
                            .toArray();
        }
        return new KnownTensor(shape, axes.length == 1 ? values : null);
    }

    private static long bound(long at, long size) {
        return Math.max(0, Math.min(size, at < 0 ? at + size : at));
    }

    private long[] squeezed() {
        long[] shape = node.input(0).shape().clone();
        long[] axes = node.values("axes", 1);
        if (axes == null) {
            return LongStream.of(shape).filter(size -> size != 1).toArray();
        }
        for (int axis : node.axes(axes, shape.length)) {
            require(shape[axis] == 1, "%s leaves out an axis of %d; export the model again", node.name(), shape[axis]);
            shape[axis] = -1;
        }
        return LongStream.of(shape).filter(size -> size >= 0).toArray();
    }

    private long[] unsqueezed() {
        long[] before = node.input(0).shape();
        long[] axes = node.values("axes", 1);
        require(axes != null, "%s names no axes; export the model again", node.name());
        long[] shape = new long[before.length + axes.length];
        for (int axis : node.axes(axes, shape.length)) {
            require(shape[axis] == 0, "%s names an axis twice; export the model again", node.name());
            shape[axis] = 1;
        }
        int next = 0;
        for (int i = 0; i < shape.length && next < before.length; i++) {
            shape[i] = shape[i] == 1 ? 1 : before[next++];
        }
        return shape;
    }

    private long[] reshaped() {
        long[] before = node.input(0).shape();
        long[] shape = node.values(1).clone();
        boolean copies = node.integer("allowzero", 0) == 0;
        int open = -1;
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] == 0 && copies && i < before.length) {
                shape[i] = before[i];
            } else if (shape[i] < 0) {
                require(open < 0, "%s leaves two sizes open; export the model again", node.name());
                open = i;
                shape[i] = 1;
            }
        }
        long elements = KnownTensor.elements(before);
        long named = KnownTensor.elements(shape);
        if (open >= 0 && named > 0) {
            shape[open] = elements / named;
        }
        require(
                KnownTensor.elements(shape) == elements,
                "%s makes %s of %s; export the model again, with a dynamic batch",
                node.name(),
                Arrays.toString(node.values(1)),
                Arrays.toString(before));
        return shape;
    }

    private KnownTensor constantOfShape() {
        long[] shape = node.values(0);
        AttributeProto filling = node.attribute("value");
        KnownTensor value = filling == null ? KnownTensor.of() : KnownTensor.of(filling.getT());
        if (!value.isKnown() || shape.length != 1 || shape[0] > KnownTensor.MOST_VALUES) {
            return KnownTensor.of(shape);
        }
        return KnownTensor.integers(
                shape,
                LongStream.generate(() -> value.values()[0]).limit(shape[0]).toArray());
    }
}
