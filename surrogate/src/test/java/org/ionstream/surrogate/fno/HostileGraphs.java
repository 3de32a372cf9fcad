package org.ionstream.surrogate.fno;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.function.UnaryOperator;

/** Graphs that ask for more than any machine has, and one that is only unusual. */
final class HostileGraphs {
    private HostileGraphs() {}

    /** The tiny model with its last Reshape to a shape that is made of the input's. */
    static ModelProto.Builder viewed() {
        ModelProto.Builder model = TinyModel.builder(TinyModel.card("tiny-1"), 1, 0.5f);
        GraphProto.Builder graph = model.getGraphBuilder();
        graph.removeNode(2);
        graph.addNode(TinyModel.node("Shape", "sizes", "current"))
                .addNode(TinyModel.node("Gather", "rows", "sizes", "nought").addAttribute(integer("axis", 0)))
                .addNode(TinyModel.node("Unsqueeze", "batch", "rows", "noughts"))
                .addNode(TinyModel.node("Concat", "target", "batch", "rest").addAttribute(integer("axis", 0)))
                .addNode(TinyModel.node("ConstantOfShape", "ones", "three")
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("value")
                                .setType(AttributeProto.AttributeType.TENSOR)
                                .setT(longs("", 1))))
                .addNode(TinyModel.node("Mul", "open", "ones", "minus one"))
                .addNode(TinyModel.node("Equal", "is open", "target", "open"))
                .addNode(TinyModel.node("Where", "sizes wanted", "is open", "ones", "target"))
                .addNode(TinyModel.node("Reshape", "viewed", "shifted", "target"))
                .addNode(TinyModel.node("Expand", ModelCard.OUTPUT, "viewed", "sizes wanted"))
                .addInitializer(
                        TensorProto.newBuilder(longs("nought", 0).build()).clearDims())
                .addInitializer(longs("noughts", 0))
                .addInitializer(longs("three", 3))
                .addInitializer(longs("minus one", -1))
                .addInitializer(longs("rest", 2, TinyModel.SAMPLES));
        return model;
    }

    static UnaryOperator<ModelProto.Builder> with(TensorProto.Builder tensor, NodeProto.Builder node) {
        return model -> {
            model.getGraphBuilder().addInitializer(tensor).addNode(node);
            return model;
        };
    }

    /** A million rows of a thousand numbers, by indices. */
    static UnaryOperator<ModelProto.Builder> withConstantInput(NodeProto.Builder gather) {
        return model -> {
            model.getGraphBuilder()
                    .addInitializer(TinyModel.floats("huge", new float[20_000], 1, 20_000))
                    .addInitializer(TensorProto.newBuilder()
                            .setName("indices")
                            .setDataType(TensorProto.DataType.INT64_VALUE)
                            .addDims(100_000)
                            .setRawData(ByteString.copyFrom(new byte[800_000])))
                    .addNode(gather);
            return model;
        };
    }

    /** Each of the operator with what came before, as a column and as a row: its size is squared. */
    static UnaryOperator<ModelProto.Builder> grown(String operator) {
        return model -> {
            GraphProto.Builder graph = model.getGraphBuilder();
            graph.addInitializer(longs("column", -1, 1)).addInitializer(longs("row", 1, -1));
            String last = ModelCard.INPUT;
            for (int i = 0; i < 6; i++) {
                graph.addNode(TinyModel.node("Reshape", "c" + i, last, "column"))
                        .addNode(TinyModel.node("Reshape", "r" + i, last, "row"))
                        .addNode(TinyModel.node(operator, "p" + i, "c" + i, "r" + i));
                last = "p" + i;
            }
            return model;
        };
    }

    static UnaryOperator<ModelProto.Builder> doubled(int times) {
        return model -> {
            String last = ModelCard.INPUT;
            for (int i = 0; i < times; i++) {
                model.getGraphBuilder()
                        .addNode(TinyModel.node("Concat", "d" + i, last, last).addAttribute(integer("axis", 1)));
                last = "d" + i;
            }
            return model;
        };
    }

    /** Of 4,000 x 4,000 each. */
    static UnaryOperator<ModelProto.Builder> longRun() {
        return model -> {
            GraphProto.Builder graph = model.getGraphBuilder();
            graph.addInitializer(longs("square", 4_000, 4_000))
                    .addNode(TinyModel.node("ConstantOfShape", "s0", "square"));
            for (int i = 0; i < 200; i++) {
                graph.addNode(TinyModel.node("MatMul", "s" + (i + 1), "s" + i, "s0"));
            }
            return model;
        };
    }

    interface Naming {
        String inputOf(int node);
    }

    static UnaryOperator<ModelProto.Builder> chain(int nodes, Naming naming) {
        return model -> {
            for (int i = 0; i < nodes; i++) {
                model.getGraphBuilder().addNode(TinyModel.node("Abs", "n" + i, naming.inputOf(i)));
            }
            return model;
        };
    }

    static AttributeProto.Builder integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value);
    }

    static AttributeProto.Builder equation(String equation) {
        return AttributeProto.newBuilder()
                .setName("equation")
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(equation));
    }

    static TensorProto.Builder longs(String name, long... values) {
        return TinyModel.longs(name, values);
    }
}
