package org.ionstream.surrogate.fno;

import static org.ionstream.surrogate.fno.GraphCheck.require;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The shapes of what a node makes of tensors of known shapes, as ONNX's operator reference defines them, operator sets 11 to 18.
 * Throws {@link UnusableModelException} where a shape follows only from values that are not known before the graph runs.
 *
 * @param node of an operator that {@link GraphCheck} lets pass
 * @param inputs in the node's order; null: an optional one that is left out
 */
record NodeShape(NodeProto node, List<KnownTensor> inputs) {

    List<KnownTensor> outputs() {
        return switch (node.getOpType()) {
            case "Split" -> split();
            default -> List.of(output());
        };
    }

    private KnownTensor output() {
        return switch (node.getOpType()) {
            case "Constant" -> constant();
            case "Shape" -> shape();
            case "Add", "Sub", "Mul", "Div", "Equal", "Where", "Cast", "Identity" -> new NodeValues(this).result();
            case "Max", "Min", "Pow" -> KnownTensor.of(broadcast(inputs));
            case "Concat", "Gather", "Slice", "Squeeze", "Unsqueeze", "Reshape", "ConstantOfShape" ->
                new NodeValues(this).result();
            case "Expand" -> KnownTensor.of(broadcast(List.of(input(0), KnownTensor.of(values(1)))));
            case "Tile" -> KnownTensor.of(times(values(1)));
            case "Pad" -> KnownTensor.of(padded());
            case "Transpose" -> KnownTensor.of(transposed());
            case "ReduceMean", "ReduceSum" -> KnownTensor.of(reduced());
            case "MatMul", "Gemm", "Einsum" -> KnownTensor.of(Product.of(this).shape());
            default -> KnownTensor.of(input(0).shape()); // elementwise, of one tensor
        };
    }

    KnownTensor input(int at) {
        require(has(at), "%s has no input %d; export the model again", name(), at);
        return inputs.get(at);
    }

    boolean has(int at) {
        return at < inputs.size() && inputs.get(at) != null;
    }

    /** Of an integer input, which shapes depend on. */
    long[] values(int at) {
        KnownTensor tensor = input(at);
        require(
                tensor.isKnown(),
                "what input %d of %s holds is not known before it runs, and so not how large its output is;"
                        + " export with constant shapes, or shapes computed from the input's",
                at,
                name());
        return tensor.values();
    }

    /** From the attribute of older operator sets or the input of newer ones; null: neither. */
    long[] values(String attribute, int at) {
        AttributeProto found = attribute(attribute);
        if (found != null) {
            return found.getIntsList().stream().mapToLong(Long::longValue).toArray();
        }
        return has(at) ? values(at) : null;
    }

    long integer(String attribute, long otherwise) {
        AttributeProto found = attribute(attribute);
        return found == null ? otherwise : found.getI();
    }

    AttributeProto attribute(String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    String name() {
        return "%s '%s'".formatted(node.getOpType(), node.getName());
    }

    /** @param axis counted from the end if negative */
    int axis(long axis, int rank) {
        require(
                axis >= -rank && axis < rank,
                "%s has axis %d of a tensor of %d; export the model again",
                name(),
                axis,
                rank);
        return (int) (axis < 0 ? axis + rank : axis);
    }

    int[] axes(long[] axes, int rank) {
        return Arrays.stream(axes).mapToInt(axis -> axis(axis, rank)).toArray();
    }

    long[] broadcast(List<KnownTensor> tensors) {
        int rank = tensors.stream().mapToInt(KnownTensor::rank).max().orElse(0);
        long[] shape = new long[rank];
        Arrays.fill(shape, 1);
        for (KnownTensor tensor : tensors) {
            for (int i = 0; i < tensor.rank(); i++) {
                int to = rank - tensor.rank() + i;
                long size = tensor.shape()[i];
                require(
                        size == shape[to] || size == 1 || shape[to] == 1,
                        "%s joins sizes %d and %d; export the model again",
                        name(),
                        shape[to],
                        size);
                shape[to] = size == 1 ? shape[to] : size;
            }
        }
        return shape;
    }

    private KnownTensor constant() {
        AttributeProto value = node.getAttributeCount() == 1 ? node.getAttribute(0) : null;
        require(value != null, "%s does not have one value; export the model again", name());
        return switch (value.getName()) {
            case "value" -> KnownTensor.of(value.getT());
            case "value_int" -> KnownTensor.integers(new long[0], value.getI());
            case "value_ints" ->
                KnownTensor.integers(
                        new long[] {value.getIntsCount()},
                        value.getIntsList().stream().mapToLong(Long::longValue).toArray());
            case "value_float" -> KnownTensor.of();
            case "value_floats" -> KnownTensor.of(value.getFloatsCount());
            default ->
                throw new UnusableModelException(
                        "%s has a %s; export it as a dense tensor".formatted(name(), value.getName()));
        };
    }

    private KnownTensor shape() {
        long[] all = input(0).shape();
        int from = bound(integer("start", 0), all.length);
        int to = bound(integer("end", all.length), all.length);
        long[] part = Arrays.copyOfRange(all, from, Math.max(from, to));
        return KnownTensor.integers(new long[] {part.length}, part);
    }

    private static int bound(long at, int rank) {
        return (int) Math.max(0, Math.min(rank, at < 0 ? at + rank : at));
    }

    private List<KnownTensor> split() {
        long[] whole = input(0).shape();
        int axis = axis(integer("axis", 0), whole.length);
        long[] sizes = values("split", 1);
        int parts = node.getOutputCount();
        List<KnownTensor> outputs = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            long size = sizes == null ? (whole[axis] + parts - 1) / parts : part < sizes.length ? sizes[part] : -1;
            require(size >= 0 && size <= whole[axis], "%s has a part of %d; export the model again", name(), size);
            long[] shape = whole.clone();
            shape[axis] = size;
            outputs.add(KnownTensor.of(shape));
        }
        return outputs;
    }

    private long[] times(long[] repeats) {
        long[] shape = input(0).shape().clone();
        require(repeats.length == shape.length, "%s repeats %d axes; export the model again", name(), repeats.length);
        for (int i = 0; i < shape.length; i++) {
            shape[i] = KnownTensor.elements(shape[i], repeats[i]);
        }
        return shape;
    }

    private long[] padded() {
        long[] shape = input(0).shape().clone();
        long[] pads = values("pads", 1);
        int[] axes = has(3)
                ? axes(values(3), shape.length)
                : IntStream.range(0, shape.length).toArray();
        require(
                pads != null && pads.length == 2 * axes.length,
                "%s does not pad both ends of %d axes; export the model again",
                name(),
                axes.length);
        for (int i = 0; i < axes.length; i++) {
            shape[axes[i]] = Math.max(0, shape[axes[i]] + pads[i] + pads[axes.length + i]);
        }
        return shape;
    }

    private long[] transposed() {
        long[] shape = input(0).shape();
        long[] order = values("perm", Integer.MAX_VALUE);
        if (order == null) {
            return IntStream.range(0, shape.length)
                    .mapToLong(i -> shape[shape.length - 1 - i])
                    .toArray();
        }
        require(
                Arrays.equals(
                        Arrays.stream(order).sorted().toArray(),
                        IntStream.range(0, shape.length).asLongStream().toArray()),
                "%s does not take each of %d axes once; export the model again",
                name(),
                shape.length);
        return Arrays.stream(order).map(axis -> shape[(int) axis]).toArray();
    }

    /** Without axes to reduce by, the larger of what the operator sets make of it. */
    private long[] reduced() {
        long[] shape = input(0).shape().clone();
        long[] axes = values("axes", 1);
        if (axes == null || axes.length == 0) {
            return shape;
        }
        for (int axis : axes(axes, shape.length)) {
            shape[axis] = integer("keepdims", 1) == 0 ? -1 : 1;
        }
        return Arrays.stream(shape).filter(size -> size >= 0).toArray();
    }
}
