package org.ionstream.trainer.fno;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Builds an ONNX graph node by node; every method that adds a node returns the name of its output. The same operator on the same
 * inputs is one node.
 */
final class OnnxGraph {
    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Set<String> constants = new HashSet<>();
    private final Map<String, String> outputs = new HashMap<>();

    OnnxGraph(String name) {
        graph.setName(name);
    }

    /** @param dimensions a negative one is the dynamic batch */
    void input(String name, long... dimensions) {
        graph.addInput(tensor(name, dimensions));
    }

    void output(String name, String of, long... dimensions) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Identity")
                .setName(name)
                .addInput(of)
                .addOutput(name));
        graph.addOutput(tensor(name, dimensions));
    }

    /** A name stands for one value: what is defined again is not written again. */
    String constant(String name, float[] values, long... dimensions) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return initializer(name, TensorProto.DataType.FLOAT, bytes.array(), dimensions);
    }

    String constant(String name, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return initializer(name, TensorProto.DataType.INT64, bytes.array(), values.length);
    }

    String node(String operator, String... inputs) {
        return node(operator, List.of(), inputs);
    }

    String node(String operator, List<AttributeProto> attributes, String... inputs) {
        String made = operator + attributes + Arrays.toString(inputs);
        if (outputs.containsKey(made)) {
            return outputs.get(made);
        }
        String output = "%s.%d".formatted(operator.toLowerCase(Locale.ROOT), outputs.size());
        outputs.put(made, output);
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(output)
                .addAllInput(Arrays.asList(inputs))
                .addOutput(output)
                .addAllAttribute(attributes));
        return output;
    }

    String transpose(String input, long... permutation) {
        AttributeProto.Builder perm =
                AttributeProto.newBuilder().setName("perm").setType(AttributeProto.AttributeType.INTS);
        Arrays.stream(permutation).forEach(perm::addInts);
        return node("Transpose", List.of(perm.build()), input);
    }

    String concat(int axis, String... inputs) {
        return node(
                "Concat",
                List.of(AttributeProto.newBuilder()
                        .setName("axis")
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(axis)
                        .build()),
                inputs);
    }

    String leakyRelu(String input, float slope) {
        return node(
                "LeakyRelu",
                List.of(AttributeProto.newBuilder()
                        .setName("alpha")
                        .setType(AttributeProto.AttributeType.FLOAT)
                        .setF(slope)
                        .build()),
                input);
    }

    GraphProto build() {
        return graph.build();
    }

    private String initializer(String name, TensorProto.DataType type, byte[] bytes, long... dimensions) {
        if (!constants.add(name)) {
            return name;
        }
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(bytes));
        Arrays.stream(dimensions).forEach(tensor::addDims);
        graph.addInitializer(tensor);
        return name;
    }

    private static ValueInfoProto tensor(String name, long... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long dimension : dimensions) {
            TensorShapeProto.Dimension.Builder size = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(dimension < 0 ? size.setDimParam("batch") : size.setDimValue(dimension));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(shape)))
                .build();
    }
}
