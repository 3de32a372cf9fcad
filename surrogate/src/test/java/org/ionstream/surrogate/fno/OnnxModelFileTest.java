package org.ionstream.surrogate.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxModelFileTest {
    @Test
    void shouldReadCardAndWeights() {
        byte[] bytes = TinyModel.bytes("tiny-1", 3, 0.25f);

        OnnxModelFile file = OnnxModelFile.parse(bytes);

        assertThat(file.card()).isEqualTo(TinyModel.card("tiny-1"));
        assertThat(file.weightNames()).containsExactly("spread.weight", "shift.bias");
        assertThat(file.shape("spread.weight")).containsExactly(8L, 16L);
        assertThat(file.weights("spread.weight")).hasSize(128).startsWith(3, 0, 0);
        assertThat(file.weights("shift.bias")).containsOnly(0.25f);
        assertThat(file.bytes()).isSameAs(bytes);
    }

    @Test
    void shouldReadWeightsThatAreListedInsteadOfRaw() {
        TensorProto.Builder listed =
                TensorProto.newBuilder().setName("extra").setDataType(1).addDims(2);
        listed.addFloatData(1.5f).addFloatData(-2);

        OnnxModelFile file = OnnxModelFile.parse(changed(model -> {
            model.getGraphBuilder().addInitializer(listed);
            return model;
        }));

        assertThat(file.weights("extra")).containsExactly(1.5f, -2);
    }

    @Test
    void shouldNameTheWeightsItHasWhenAskedForAnother() {
        OnnxModelFile file = OnnxModelFile.parse(TinyModel.bytes("tiny-1"));

        assertThatThrownBy(() -> file.weights("lifting.weight"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lifting.weight")
                .hasMessageContaining("spread.weight");
    }

    @Test
    void shouldRefuseAFileThatIsTooLarge() {
        assertThatThrownBy(() -> OnnxModelFile.parse(new byte[OnnxModelFile.LARGEST_BYTES + 1]))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining("67108865 bytes")
                .hasMessageContaining("at most 67108864");
    }

    @Test
    void shouldRefuseAFileCutAnywhere() {
        byte[] whole = TinyModel.bytes("tiny-1");

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> OnnxModelFile.parse(cut))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(UnusableModelException.class);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forbidden")
    void shouldRefuse(String what, UnaryOperator<ModelProto.Builder> change, List<String> inMessage) {
        byte[] bytes = changed(change);

        assertThatThrownBy(() -> OnnxModelFile.parse(bytes))
                .isInstanceOf(UnusableModelException.class)
                .message()
                .contains(inMessage);
    }

    static Stream<Arguments> forbidden() {
        return Stream.of(graphs(), tensors(), cards(), signatures()).flatMap(cases -> cases);
    }

    private static Stream<Arguments> graphs() {
        return Stream.of(
                refused("no graph", ModelProto.Builder::clearGraph, "no graph"),
                refused("no operator set", ModelProto.Builder::clearOpsetImport, "opset 17"),
                refused(
                        "operator set of another domain",
                        model -> model.addOpsetImport(OperatorSetIdProto.newBuilder()
                                .setDomain("com.microsoft")
                                .setVersion(1)),
                        "com.microsoft"),
                refused(
                        "operator of another domain",
                        withNode(TinyModel.node("Add", "x", "y").setDomain("com.evil")),
                        "Add",
                        "com.evil"),
                refused("operator not allowed", withNode(TinyModel.node("DFT", "x", "y")), "DFT", "MatMul"),
                refused("control flow", withNode(TinyModel.node("Loop", "x", "y")), "Loop"),
                refused(
                        "subgraph in an allowed operator",
                        withNode(TinyModel.node("Add", "x", "y").addAttribute(subgraph())),
                        "subgraph",
                        "then_branch"),
                refused(
                        "local function",
                        model -> model.addFunctions(FunctionProto.newBuilder().setName("Add")),
                        "1 model-local functions"),
                refused(
                        "training graph",
                        model -> {
                            model.addTrainingInfoBuilder();
                            return model;
                        },
                        "1 training graphs"),
                refused(
                        "two initializers of one name",
                        withInitializer(TinyModel.floats("shape", new float[1], 1)),
                        "two initializers",
                        "shape"),
                refused(
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

    private static Stream<Arguments> tensors() {
        return Stream.of(
                refused("external data", withInitializer(external()), "another file", "stolen"),
                refused(
                        "external data without the flag",
                        withInitializer(external().clearDataLocation()),
                        "another file",
                        "stolen"),
                refused(
                        "external data in a sparse initializer",
                        model -> {
                            model.getGraphBuilder()
                                    .addSparseInitializer(
                                            SparseTensorProto.newBuilder().setValues(external()));
                            return model;
                        },
                        "another file",
                        "stolen"),
                refused(
                        "external data in the indices of a sparse initializer",
                        model -> {
                            model.getGraphBuilder()
                                    .addSparseInitializer(
                                            SparseTensorProto.newBuilder().setIndices(external()));
                            return model;
                        },
                        "another file",
                        "stolen"),
                refused(
                        "external data in a constant",
                        withNode(TinyModel.node("Constant", "x")
                                .addAttribute(AttributeProto.newBuilder()
                                        .setName("value")
                                        .setT(external()))),
                        "another file",
                        "stolen"),
                refused(
                        "external data in a sparse constant",
                        withNode(TinyModel.node("Constant", "x")
                                .addAttribute(AttributeProto.newBuilder()
                                        .setName("sparse_value")
                                        .setSparseTensor(
                                                SparseTensorProto.newBuilder().setValues(external())))),
                        "another file",
                        "stolen"));
    }

    private static Stream<Arguments> cards() {
        String card = TinyModel.card("tiny-1").toJson();
        return Stream.of(
                refused("no card", ModelProto.Builder::clearMetadataProps, "0 model cards", ModelCard.METADATA_KEY),
                refused("two cards", model -> model.addMetadataProps(TinyModel.metadata(card)), "2 model cards"),
                refused(
                        "card under another key",
                        model -> model.clearMetadataProps()
                                .addMetadataProps(StringStringEntryProto.newBuilder()
                                        .setKey("card")
                                        .setValue(card)),
                        "0 model cards"),
                refused("card that is not JSON", withCard("{"), "not a model card"),
                refused("card that is null", withCard("null"), "null"),
                refused("card without variables", withCard("{\"modelId\": \"tiny-1\"}"), "not a model card"),
                refused("card without id", withCard(card.replace("\"tiny-1\"", "\" \"")), "without modelId"),
                refused(
                        "card without recipe",
                        withCard(card.replace("\"recipe\":\"{}\"", "\"recipe\":null")),
                        "recipe"),
                refused("card without expected error", withCard(card.replace("0.02", "0")), "relative L2 0.0"),
                refused(
                        "card with a wrong number of units",
                        withCard(card.replace("[\"1\",\"1\"]", "[\"1\"]")),
                        "1 units"),
                refused(
                        "card with too many samples",
                        withCard(card.replace("\"samples\":8", "\"samples\":20001")),
                        "20001 samples",
                        "20000"),
                refused(
                        "unknown cell model",
                        withCard(card.replace(TinyModel.CELL.id(), "noble-1962")),
                        "noble-1962",
                        "hodgkin-huxley-1952"),
                refused(
                        "variables in another order",
                        withCard(card.replace("[\"V\",\"w\"]", "[\"w\",\"V\"]")),
                        "[w, V]",
                        "[V, w]"),
                refused(
                        "units of another system",
                        withCard(card.replace("[\"1\",\"1\"]", "[\"mV\",\"1\"]")),
                        "[mV, 1]"),
                refused("another stimulus unit", withCard(card.replace("1/ms", "uA/uF")), "uA/uF", "1/ms"));
    }

    private static Stream<Arguments> signatures() {
        return Stream.of(
                refused("input of another name", withInput("stimulus", -1, 8), "[stimulus]", "current"),
                refused(
                        "two inputs",
                        model -> {
                            model.getGraphBuilder().addInput(TinyModel.tensor("noise", -1, 8));
                            return model;
                        },
                        "[current, noise]"),
                refused("input of another length", withInput("current", -1, 9), "[batch, 9]", "[batch, 8]"),
                refused("input of fixed batch", withInput("current", 1, 8), "[1, 8]", "dynamic"),
                refused(
                        "input of another type",
                        model -> {
                            model.getGraphBuilder()
                                    .getInputBuilder(0)
                                    .getTypeBuilder()
                                    .getTensorTypeBuilder()
                                    .setElemType(TensorProto.DataType.DOUBLE_VALUE);
                            return model;
                        },
                        "element type 11",
                        "float32"),
                refused("output of another name", withOutput("y", -1, 2, 8), "[y]", "trajectory"),
                refused("output of one more variable", withOutput("trajectory", -1, 3, 8), "[batch, 3, 8]"),
                refused("output of fixed batch", withOutput("trajectory", 4, 2, 8), "[4, 2, 8]"),
                refused("output without shape", withOutput("trajectory"), "[]", "[batch, 2, 8]"));
    }

    private static Arguments refused(String what, UnaryOperator<ModelProto.Builder> change, String... inMessage) {
        return Arguments.of(what, change, List.of(inMessage));
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

    private static UnaryOperator<ModelProto.Builder> withCard(String card) {
        return model -> model.setMetadataProps(0, TinyModel.metadata(card));
    }

    private static UnaryOperator<ModelProto.Builder> withInput(String name, long... shape) {
        return model -> {
            model.getGraphBuilder().setInput(0, TinyModel.tensor(name, shape));
            return model;
        };
    }

    private static UnaryOperator<ModelProto.Builder> withOutput(String name, long... shape) {
        return model -> {
            model.getGraphBuilder().setOutput(0, TinyModel.tensor(name, shape));
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

    private static byte[] changed(UnaryOperator<ModelProto.Builder> change) {
        return change.apply(TinyModel.builder(TinyModel.card("tiny-1"), 1, 0.5f))
                .build()
                .toByteArray();
    }
}
