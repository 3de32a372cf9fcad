package org.ionstream.surrogate.fno;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ionstream.surrogate.fno.Refusal.refusal;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.UnknownFieldSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphCheckTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource({"graphs", "tensors"})
    void shouldRefuse(Refusal refusal) {
        byte[] bytes = refusal.changedModel();

        assertThatThrownBy(() -> OnnxModelFile.parse(bytes))
                .isInstanceOf(UnusableModelException.class)
                .message()
                .contains(refusal.inMessage());
    }

    static Stream<Refusal> graphs() {
        return Stream.of(
                refusal("no graph", ModelProto.Builder::clearGraph, "no graph"),
                refusal("no operator set", ModelProto.Builder::clearOpsetImport, "opset 17"),
                refusal(
                        "operator set of another domain",
                        model -> model.addOpsetImport(OperatorSetIdProto.newBuilder()
                                .setDomain("com.microsoft")
                                .setVersion(1)),
                        "com.microsoft"),
                refusal(
                        "operator of another domain",
                        withNode(TinyModel.node("Add", "x", "y").setDomain("com.evil")),
                        "Add",
                        "com.evil"),
                refusal("operator not allowed", withNode(TinyModel.node("DFT", "x", "y")), "DFT", "MatMul"),
                refusal("control flow", withNode(TinyModel.node("Loop", "x", "y")), "Loop"),
                refusal(
                        "subgraph in an allowed operator",
                        withNode(TinyModel.node("Add", "x", "y").addAttribute(subgraph())),
                        "subgraph",
                        "then_branch"),
                refusal(
                        "local function",
                        model -> model.addFunctions(FunctionProto.newBuilder().setName("Add")),
                        "1 model-local functions"),
                refusal(
                        "training graph",
                        model -> {
                            model.addTrainingInfoBuilder();
                            return model;
                        },
                        "1 training graphs"),
                refusal(
                        "two initializers of one name",
                        withInitializer(TinyModel.floats("shape", new float[1], 1)),
                        "two initializers",
                        "shape"),
                refusal(
                        "field unknown to this reader",
                        model -> {
                            UnknownFieldSet.Field field = UnknownFieldSet.Field.newBuilder()
                                    .addVarint(1)
                                    .build();
                            model.getGraphBuilder()
                                    .getNodeBuilder(0)
                                    .setUnknownFields(UnknownFieldSet.newBuilder()
                                            .addField(99, field)
                                            .build());
                            return model;
                        },
                        "NodeProto",
                        "99"));
    }

    static Stream<Refusal> tensors() {
        return Stream.of(
                refusal("external data", withInitializer(external()), "another file", "stolen"),
                refusal(
                        "external data without the flag",
                        withInitializer(external().clearDataLocation()),
                        "another file",
                        "stolen"),
                refusal(
                        "external data in a sparse initializer",
                        model -> {
                            model.getGraphBuilder()
                                    .addSparseInitializer(
                                            SparseTensorProto.newBuilder().setValues(external()));
                            return model;
                        },
                        "another file",
                        "stolen"),
                refusal(
                        "external data in the indices of a sparse initializer",
                        model -> {
                            model.getGraphBuilder()
                                    .addSparseInitializer(
                                            SparseTensorProto.newBuilder().setIndices(external()));
                            return model;
                        },
                        "another file",
                        "stolen"),
                refusal(
                        "external data in a constant",
                        withNode(TinyModel.node("Constant", "x")
                                .addAttribute(AttributeProto.newBuilder()
                                        .setName("value")
                                        .setT(external()))),
                        "another file",
                        "stolen"),
                refusal(
                        "external data in a sparse constant",
                        withNode(TinyModel.node("Constant", "x")
                                .addAttribute(AttributeProto.newBuilder()
                                        .setName("sparse_value")
                                        .setSparseTensor(
                                                SparseTensorProto.newBuilder().setValues(external())))),
                        "another file",
                        "stolen"));
    }

    private static UnaryOperator<ModelProto.Builder> withNode(NodeProto.Builder node) {
        return model -> {
            model.getGraphBuilder().addNode(node);
            return model;
        };
    }

    private static UnaryOperator<ModelProto.Builder> withInitializer(TensorProto.Builder tensor) {
        return model -> {
            model.getGraphBuilder().addInitializer(tensor);
            return model;
        };
    }

    private static AttributeProto.Builder subgraph() {
        return AttributeProto.newBuilder().setName("then_branch").setG(GraphProto.newBuilder());
    }

    private static TensorProto.Builder external() {
        return TensorProto.newBuilder()
                .setName("stolen")
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("../../etc/passwd"));
    }
}
