package org.ionstream.surrogate.fno;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shapes that are reckoned are those that ONNX Runtime makes. */
class NodeShapeTest {
    private static final int OPSET = 17;

    /** Inputs that every node may use: floats by shape, integers by value. */
    private static final Map<String, long[]> FLOATS = Map.of(
            "a", new long[] {2, 3, 4},
            "b", new long[] {3, 1},
            "m", new long[] {4, 5},
            "n", new long[] {5, 4},
            "v", new long[] {4},
            "one", new long[] {1, 3, 1},
            "batched", new long[] {2, 1, 4, 6});

    private static final Map<String, long[]> INTEGERS = Map.of(
            "last", new long[] {-1},
            "axes", new long[] {1, -1},
            "starts", new long[] {-2, 1},
            "ends", new long[] {9, -1},
            "steps", new long[] {1, 2},
            "pads", new long[] {1, 0, 2, 0, -1, 3},
            "open", new long[] {0, -1},
            "sizes", new long[] {1, 3},
            "three", new long[] {2, 1, 3});

    @BeforeAll
    static void startRuntime() {
        OnnxModelFile file = OnnxModelFile.parse(TinyModel.bytes("tiny-1"));
        new FnoPredictor(file, new FnoPredictor.Settings(ComputeDevice.CPU, 1, 1)).close();
    }

    static Stream<NodeProto> nodes() {
        return Stream.of(
                node("Abs", "a"),
                node("Add", "a", "b"),
                node("Where", "condition", "a", "b"),
                node("Max", "a", "b", "v"),
                node("MatMul", "a", "m"),
                node("MatMul", "a", "v"),
                node("MatMul", "v", "m"),
                node("MatMul", "v", "v"),
                node("MatMul", "a", "batched"),
                with(node("Gemm", "m", "m"), integer("transA", 1)),
                with(node("Gemm", "n", "m", "v"), integer("transA", 1), integer("transB", 1)),
                with(node("Einsum", "a", "m"), equation("abc,cd->dab")),
                with(node("Einsum", "a", "m", "b"), equation("abc,cd,bx->ad")),
                with(node("Concat", "a", "a", "a"), integer("axis", -1)),
                with(node("Gather", "a", "axes"), integer("axis", 1)),
                node("Gather", "a", "number"),
                node("Slice", "a", "starts", "ends", "axes"),
                node("Slice", "a", "starts", "ends", "axes", "steps"),
                node("Pad", "a", "pads"),
                node("Transpose", "a"),
                with(node("Transpose", "a"), integers("perm", 1, 2, 0)),
                node("Squeeze", "one"),
                node("Squeeze", "one", "last"),
                node("Unsqueeze", "a", "axes"),
                node("Reshape", "a", "open"),
                node("Reshape", "a", "last"),
                node("ReduceSum", "a", "axes"),
                with(node("ReduceSum", "a", "axes"), integer("keepdims", 0)),
                with(node("ReduceMean", "a"), integers("axes", 0, 2)),
                node("Tile", "a", "three"),
                node("Expand", "one", "three"),
                node("ConstantOfShape", "sizes"),
                with(node("Shape", "a"), integer("start", 1), integer("end", -1)),
                node("CumSum", "a", "number"),
                node("Clip", "a"),
                with(node("Split", "a").toBuilder().addOutput("second").build(), integer("axis", 2)),
                with(node("Split", "a", "split").toBuilder().addOutput("second").build(), integer("axis", 2)));
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void shouldBeThatOfTheRuntime(NodeProto node) throws OrtException {
        List<KnownTensor> reckoned = new NodeShape(
                        node,
                        node.getInputList().stream().map(NodeShapeTest::known).toList())
                .outputs();

        List<long[]> made = run(node);

        assertThat(reckoned).hasSameSizeAs(made);
        for (int i = 0; i < made.size(); i++) {
            assertThat(reckoned.get(i).shape()).containsExactly(made.get(i));
        }
    }

    private static KnownTensor known(String name) {
        return KnownTensor.of(tensor(name).build());
    }

    private static List<long[]> run(NodeProto node) throws OrtException {
        GraphProto.Builder graph = GraphProto.newBuilder().setName("one node").addNode(node);
        node.getInputList().stream().distinct().forEach(name -> graph.addInitializer(tensor(name)));
        node.getOutputList()
                .forEach(name -> graph.addOutput(ValueInfoProto.newBuilder()
                        .setName(name)
                        .setType(TypeProto.newBuilder()
                                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type(node))))));
        byte[] model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph)
                .build()
                .toByteArray();
        List<long[]> shapes = new ArrayList<>();
        try (var session = OrtEnvironment.getEnvironment().createSession(model);
                var results = session.run(new HashMap<>())) {
            for (int i = 0; i < results.size(); i++) {
                shapes.add(((OnnxTensor) results.get(i)).getInfo().getShape());
            }
        }
        return shapes;
    }

    private static int type(NodeProto node) {
        return node.getOpType().equals("Shape") ? TensorProto.DataType.INT64_VALUE : TensorProto.DataType.FLOAT_VALUE;
    }

    private static TensorProto.Builder tensor(String name) {
        if (FLOATS.containsKey(name)) {
            long[] shape = FLOATS.get(name);
            return TinyModel.floats(name, new float[(int) KnownTensor.elements(shape)], shape);
        }
        return switch (name) {
            case "condition" ->
                TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(TensorProto.DataType.BOOL_VALUE)
                        .addDims(3)
                        .addDims(4)
                        .setRawData(ByteString.copyFrom(new byte[12]));
            case "number" -> TinyModel.longs(name, 1).clearDims();
            case "split" -> TinyModel.longs(name, 1, 3);
            default -> TinyModel.longs(name, INTEGERS.get(name));
        };
    }

    private static NodeProto node(String operator, String... inputs) {
        return TinyModel.node(operator, "made", inputs).build();
    }

    private static NodeProto with(NodeProto node, AttributeProto... attributes) {
        return node.toBuilder().addAllAttribute(List.of(attributes)).build();
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static AttributeProto integers(String name, long... values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(LongStream.of(values).boxed().toList())
                .build();
    }

    private static AttributeProto equation(String equation) {
        return AttributeProto.newBuilder()
                .setName("equation")
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(equation))
                .build();
    }
}
