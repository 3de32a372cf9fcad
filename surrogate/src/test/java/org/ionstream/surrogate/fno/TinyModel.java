package org.ionstream.surrogate.fno;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.cell.StateVariable;

/** A graph with the signature of an FNO whose values are known: variable v at sample i is gain[v] x current[i] + offset. */
public final class TinyModel {
    public static final int SAMPLES = 8;
    public static final double STEP_MS = 0.5;
    public static final CellModel CELL = CellModels.FITZHUGH_NAGUMO_1961;

    private TinyModel() {}

    public static ModelCard card(String modelId) {
        return new ModelCard(
                modelId,
                CELL.id(),
                CELL.variableNames(),
                CELL.variables().stream().map(StateVariable::unit).toList(),
                CELL.stimulusUnit(),
                STEP_MS,
                SAMPLES,
                0.02,
                "{}",
                "{}");
    }

    /** Gains 1 and 2, offset 0.5. */
    public static byte[] bytes(String modelId) {
        return bytes(modelId, 1, 0.5f);
    }

    /** Gains {@code gain} and {@code 2 gain}. */
    public static byte[] bytes(String modelId, float gain, float offset) {
        return builder(card(modelId), gain, offset).build().toByteArray();
    }

    /** Of an operator set that no runtime knows yet: it passes every check but the runtime's. */
    public static byte[] ofTomorrow(String modelId) {
        return builder(card(modelId), 1, 0.5f)
                .setOpsetImport(0, OperatorSetIdProto.newBuilder().setVersion(999))
                .build()
                .toByteArray();
    }

    public static ModelProto.Builder builder(ModelCard card, float gain, float offset) {
        int variables = card.variables().size();
        int samples = card.samples();
        float[] spread = new float[samples * variables * samples];
        float[] shift = new float[variables * samples];
        for (int variable = 0; variable < variables; variable++) {
            for (int sample = 0; sample < samples; sample++) {
                int column = variable * samples + sample;
                spread[sample * variables * samples + column] = gain * (variable + 1);
                shift[column] = offset;
            }
        }
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("tiny")
                .addNode(node("MatMul", "spread", ModelCard.INPUT, "spread.weight"))
                .addNode(node("Add", "shifted", "spread", "shift.bias"))
                .addNode(node("Reshape", ModelCard.OUTPUT, "shifted", "shape"))
                .addInitializer(floats("spread.weight", spread, samples, variables * samples))
                .addInitializer(floats("shift.bias", shift, variables * samples))
                .addInitializer(longs("shape", -1, variables, samples))
                .addInput(tensor(ModelCard.INPUT, -1, samples))
                .addOutput(tensor(ModelCard.OUTPUT, -1, variables, samples));
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph)
                .addMetadataProps(metadata(card.toJson()));
    }

    public static StringStringEntryProto metadata(String card) {
        return StringStringEntryProto.newBuilder()
                .setKey(ModelCard.METADATA_KEY)
                .setValue(card)
                .build();
    }

    public static NodeProto.Builder node(String operator, String output, String... inputs) {
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).setName(output);
        for (String input : inputs) {
            node.addInput(input);
        }
        return node.addOutput(output);
    }

    public static TensorProto.Builder floats(String name, float[] values, long... shape) {
        ByteBuffer raw = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .setRawData(ByteString.copyFrom(raw));
        for (long size : shape) {
            tensor.addDims(size);
        }
        return tensor;
    }

    public static ValueInfoProto.Builder tensor(String name, long... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (long size : shape) {
            dimensions.addDim(
                    size < 0
                            ? Dimension.newBuilder().setDimParam("batch")
                            : Dimension.newBuilder().setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                                .setShape(dimensions)));
    }

    public static TensorProto.Builder longs(String name, long... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64_VALUE)
                .addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        return tensor;
    }
}
