package org.ionstream.surrogate.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ionstream.surrogate.fno.HostileGraphs.chain;
import static org.ionstream.surrogate.fno.HostileGraphs.doubled;
import static org.ionstream.surrogate.fno.HostileGraphs.equation;
import static org.ionstream.surrogate.fno.HostileGraphs.grown;
import static org.ionstream.surrogate.fno.HostileGraphs.longRun;
import static org.ionstream.surrogate.fno.HostileGraphs.longs;
import static org.ionstream.surrogate.fno.HostileGraphs.viewed;
import static org.ionstream.surrogate.fno.HostileGraphs.with;
import static org.ionstream.surrogate.fno.HostileGraphs.withConstantInput;
import static org.ionstream.surrogate.fno.Refusal.refusal;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.ByteArrayOutputStream;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphSizeTest {
    private static final int BATCH = 64;

    @ParameterizedTest(name = "{0}")
    @MethodSource({"generators", "products", "manyNodes", "unknowns"})
    void shouldRefuse(Refusal refusal) {
        byte[] bytes = refusal.changedModel();
        assertThat(bytes.length).isLessThan(1 << 20);

        assertThatThrownBy(() -> OnnxModelFile.parse(bytes).sizeOf(BATCH))
                .isInstanceOf(UnusableModelException.class)
                .message()
                .contains(refusal.inMessage())
                .contains("export");
    }

    static Stream<Refusal> generators() {
        return Stream.of(
                refusal(
                        "terabytes by ConstantOfShape",
                        with(longs("huge", 1 << 20, 1 << 20), TinyModel.node("ConstantOfShape", "x", "huge")),
                        "ConstantOfShape 'x' makes a tensor of 1099511627776 elements",
                        "at most"),
                refusal(
                        "terabytes by Expand",
                        with(longs("huge", 1 << 20, 1 << 20, 1, 1), TinyModel.node("Expand", "x", "current", "huge")),
                        "Expand 'x' makes a tensor of"),
                refusal(
                        "terabytes by Tile",
                        with(longs("huge", 1 << 20, 1 << 20), TinyModel.node("Tile", "x", "current", "huge")),
                        "Tile 'x' makes a tensor of"),
                refusal(
                        "more than a long by Tile",
                        with(longs("huge", 2147483647L, 2147483647L), TinyModel.node("Tile", "x", "current", "huge")),
                        "Tile 'x' makes a tensor of 9223372036854775807 elements"),
                refusal(
                        "terabytes by Pad",
                        with(longs("huge", 0, 0, 0, 2147483647L), TinyModel.node("Pad", "x", "current", "huge")),
                        "Pad 'x' makes a tensor of"),
                refusal(
                        "terabytes by Gather",
                        withConstantInput(TinyModel.node("Gather", "x", "huge", "indices")),
                        "elements"),
                refusal(
                        "an initializer without its values",
                        with(
                                TensorProto.newBuilder()
                                        .setName("empty")
                                        .setDataType(TensorProto.DataType.FLOAT_VALUE)
                                        .addDims(1L << 40),
                                TinyModel.node("Abs", "x", "empty")),
                        "tensor 'empty' is of shape [1099511627776]"),
                refusal(
                        "a constant without its values",
                        with(
                                longs("one", 1),
                                TinyModel.node("Constant", "x")
                                        .addAttribute(AttributeProto.newBuilder()
                                                .setName("value")
                                                .setT(TensorProto.newBuilder()
                                                        .setName("c")
                                                        .setDataType(TensorProto.DataType.FLOAT_VALUE)
                                                        .addDims(1L << 40)))),
                        "tensor 'c' is of shape [1099511627776]"),
                refusal(
                        "a sparse initializer of terabytes",
                        model -> {
                            model.getGraphBuilder()
                                    .addSparseInitializer(SparseTensorProto.newBuilder()
                                            .setValues(TinyModel.floats("s", new float[1], 1))
                                            .addDims(1L << 40));
                            return model;
                        },
                        "1 sparse initializers"));
    }

    static Stream<Refusal> products() {
        return Stream.of(
                refusal("sums that grow", grown("Add"), "elements"),
                refusal("products that grow", grown("MatMul"), "elements"),
                refusal("a tensor that doubles forty times", doubled(40), "Concat 'd", "elements"),
                refusal(
                        "an Einsum of terabytes",
                        with(
                                longs("one", 1),
                                TinyModel.node("Einsum", "x", "current", "current", "current", "current")
                                        .addAttribute(equation("ab,cd,ef,gh->abcdefgh"))),
                        "Einsum 'x' makes"),
                refusal(
                        "an Einsum of terabytes inside",
                        with(
                                longs("one", 1),
                                TinyModel.node("Einsum", "x", "current", "current", "current", "current")
                                        .addAttribute(equation("ab,cd,ef,gh->"))),
                        "Einsum 'x' makes"),
                refusal(
                        "an Einsum of unnamed axes",
                        with(
                                longs("one", 1),
                                TinyModel.node("Einsum", "x", "current").addAttribute(equation("...a->...a"))),
                        "equation '...a->...a'"),
                refusal("years of small products", longRun(), "multiplications"));
    }

    static Stream<Refusal> manyNodes() {
        return Stream.of(
                refusal("many nodes", chain(5_000, i -> "current"), "5003 nodes; at most 5000"),
                refusal("a long row of nodes", chain(2_500, i -> i == 0 ? "current" : "n" + (i - 1)), "of a row"),
                refusal(
                        "two tensors of one name",
                        with(longs("one", 1), TinyModel.node("Abs", "current", "current")),
                        "two tensors named 'current'"),
                refusal(
                        "a circle",
                        with(longs("one", 1), TinyModel.node("Abs", "x", "x")),
                        "'x' is used before it is made"));
    }

    static Stream<Refusal> unknowns() {
        return Stream.of(
                refusal(
                        "a shape that depends on the stimulus",
                        model -> {
                            GraphProto.Builder graph = model.getGraphBuilder();
                            graph.addNode(TinyModel.node("Cast", "shape of it", "current")
                                    .addAttribute(AttributeProto.newBuilder()
                                            .setName("to")
                                            .setI(TensorProto.DataType.INT64_VALUE)));
                            graph.addNode(TinyModel.node("ConstantOfShape", "x", "shape of it"));
                            return model;
                        },
                        "what input 0 of ConstantOfShape 'x' holds is not known"),
                refusal(
                        "a product of other sizes",
                        with(
                                TinyModel.floats("odd", new float[6], 2, 3),
                                TinyModel.node("MatMul", "x", "current", "odd")),
                        "multiplies axes of 8 and 2"),
                refusal(
                        "a missing input",
                        with(longs("one", 1), TinyModel.node("Add", "x", "current")),
                        "Add 'x' has no input 1"),
                refusal(
                        "an output too many",
                        with(
                                longs("one", 1),
                                TinyModel.node("Abs", "x", "current").addOutput("y")),
                        "has 2 outputs"));
    }

    /** torch.Tensor.view, expand and cat with a batch that is not known when they are exported. */
    @Test
    void shouldFollowShapesThatAreComputedFromTheInputs() {
        OnnxModelFile file = OnnxModelFile.parse(viewed().build().toByteArray());

        assertThat(file.sizeOf(1).largestTensor()).isEqualTo(2L * TinyModel.SAMPLES);
        assertThat(file.sizeOf(BATCH).largestTensor()).isEqualTo(2L * TinyModel.SAMPLES * BATCH);
        try (FnoPredictor predictor = new FnoPredictor(file, new FnoPredictor.Settings(ComputeDevice.CPU, 1, 4))) {
            assertThat(predictor.predict(new float[3][TinyModel.SAMPLES])).hasDimensions(3, 2);
        }
    }

    @Test
    void shouldCountWhatAnHonestGraphTakes() {
        GraphSize size = OnnxModelFile.parse(TinyModel.bytes("tiny-1")).sizeOf(BATCH);

        assertThat(size.nodes()).isEqualTo(3);
        assertThat(size.depth()).isEqualTo(3);
        assertThat(size.largestTensor()).isEqualTo(16 * BATCH);
        assertThat(size.mostHeld()).isEqualTo(2 * 16 * BATCH);
        assertThat(size.allTensors()).isEqualTo(3 * 16 * BATCH);
        assertThat(size.multiplications()).isEqualTo(8 * 16 * BATCH);
    }

    @Test
    void shouldRefuseABatchThatIsTooLargeBeforeTheRuntimeSeesTheFile() {
        byte[] bytes = with(longs("times", 1, 1_500_000), TinyModel.node("Tile", "x", "current", "times"))
                .apply(TinyModel.builder(TinyModel.card("tiny-1"), 1, 0.5f))
                .build()
                .toByteArray();
        OnnxModelFile file = OnnxModelFile.parse(bytes); // 12 million elements for one protocol

        assertThatThrownBy(() -> new FnoPredictor(file, new FnoPredictor.Settings(ComputeDevice.CPU, 1, BATCH)))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining("for a batch of 64");
    }

    /** Thirty million empty nodes in as many bytes as a file may have: parsed, they would be gigabytes. */
    @Test
    void shouldCountPartsBeforeItParses() {
        byte[] nodes = new byte[2 * 30_000_000];
        for (int i = 0; i < nodes.length; i += 2) {
            nodes[i] = 1 << 3 | 2; // GraphProto.node, of no bytes
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(7 << 3 | 2); // ModelProto.graph
        for (int left = nodes.length; ; left >>>= 7) {
            file.write(left < 128 ? left : left & 127 | 128);
            if (left < 128) {
                break;
            }
        }
        file.writeBytes(nodes);

        assertThatThrownBy(() -> OnnxModelFile.parse(file.toByteArray()))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining("more than 200000 nodes, names and numbers");
    }

    /** Also by the runtime, which gets what passes all checks. */
    @Test
    void shouldThrowNothingElseAtChangedFiles() {
        FnoPredictor.Settings settings = new FnoPredictor.Settings(ComputeDevice.CPU, 1, 2);
        SplittableRandom random = new SplittableRandom(9);
        byte[] honest = viewed().build().toByteArray();
        int loaded = 0;

        for (int i = 0; i < 2_000; i++) {
            byte[] changed = honest.clone();
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                new FnoPredictor(OnnxModelFile.parse(changed), settings).close();
                loaded++;
            } catch (UnusableModelException expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }

        assertThat(loaded).as("changed weights are weights").isBetween(50, 1_950);
    }
}
