package org.ionstream.surrogate.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ionstream.surrogate.fno.Refusal.refusal;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CardCheckTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource({"cards", "signatures"})
    void shouldRefuse(Refusal refusal) {
        byte[] bytes = refusal.changedModel();

        assertThatThrownBy(() -> OnnxModelFile.parse(bytes))
                .isInstanceOf(UnusableModelException.class)
                .message()
                .contains(refusal.inMessage());
    }

    static Stream<Refusal> cards() {
        String card = TinyModel.card("tiny-1").toJson();
        return Stream.of(
                refusal("no card", ModelProto.Builder::clearMetadataProps, "0 model cards", ModelCard.METADATA_KEY),
                refusal("two cards", model -> model.addMetadataProps(TinyModel.metadata(card)), "2 model cards"),
                refusal(
                        "card under another key",
                        model -> model.clearMetadataProps()
                                .addMetadataProps(StringStringEntryProto.newBuilder()
                                        .setKey("card")
                                        .setValue(card)),
                        "0 model cards"),
                refusal("card that is not JSON", withCard("{"), "not a model card"),
                refusal("card that is null", withCard("null"), "null"),
                refusal("card without variables", withCard("{\"modelId\": \"tiny-1\"}"), "not a model card"),
                refusal("card without id", withCard(card.replace("\"tiny-1\"", "\" \"")), "without modelId"),
                refusal(
                        "card with a long id",
                        withCard(card.replace("tiny-1", "t".repeat(129))),
                        "modelId of 129 characters",
                        "at most 128"),
                refusal(
                        "card without recipe",
                        withCard(card.replace("\"recipe\":\"{}\"", "\"recipe\":null")),
                        "recipe"),
                refusal("card without expected error", withCard(card.replace("0.02", "0")), "relative L2 0.0"),
                refusal(
                        "card with a wrong number of units",
                        withCard(card.replace("[\"1\",\"1\"]", "[\"1\"]")),
                        "1 units"),
                refusal(
                        "card with too many samples",
                        withCard(card.replace("\"samples\":8", "\"samples\":20001")),
                        "20001 samples",
                        "20000"),
                refusal(
                        "unknown cell model",
                        withCard(card.replace(TinyModel.CELL.id(), "noble-1962")),
                        "noble-1962",
                        "hodgkin-huxley-1952"),
                refusal(
                        "variables in another order",
                        withCard(card.replace("[\"V\",\"w\"]", "[\"w\",\"V\"]")),
                        "[w, V]",
                        "[V, w]"),
                refusal(
                        "units of another system",
                        withCard(card.replace("[\"1\",\"1\"]", "[\"mV\",\"1\"]")),
                        "[mV, 1]"),
                refusal(
                        "no variables",
                        withCard(card.replace("\"variables\"", "\"states\"")),
                        "lacks variables or units"),
                refusal("another stimulus unit", withCard(card.replace("1/ms", "uA/uF")), "uA/uF", "1/ms"));
    }

    static Stream<Refusal> signatures() {
        return Stream.of(
                refusal("input of another name", withInput("stimulus", -1, 8), "[stimulus]", "current"),
                refusal(
                        "two inputs",
                        model -> {
                            model.getGraphBuilder().addInput(TinyModel.tensor("noise", -1, 8));
                            return model;
                        },
                        "[current, noise]"),
                refusal("input of another length", withInput("current", -1, 9), "[batch, 9]", "[batch, 8]"),
                refusal("input of fixed batch", withInput("current", 1, 8), "[1, 8]", "dynamic"),
                refusal(
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
                refusal("output of another name", withOutput("y", -1, 2, 8), "[y]", "trajectory"),
                refusal("output of one more variable", withOutput("trajectory", -1, 3, 8), "[batch, 3, 8]"),
                refusal("output of fixed batch", withOutput("trajectory", 4, 2, 8), "[4, 2, 8]"),
                refusal("output of open rank", withOutput("trajectory", -1, -1), "[batch, batch]"),
                refusal("output without shape", withOutput("trajectory"), "[]", "[batch, 2, 8]"));
    }

    /** As PyTorch's exporter leaves it. */
    @Test
    void shouldTakeAnOutputWhoseSizesAreOpen() {
        byte[] bytes = withOutput("trajectory", -1, -1, -1)
                .apply(TinyModel.builder(TinyModel.card("tiny-1"), 1, 0))
                .build()
                .toByteArray();

        assertThat(OnnxModelFile.parse(bytes).card().modelId()).isEqualTo("tiny-1");
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
}
