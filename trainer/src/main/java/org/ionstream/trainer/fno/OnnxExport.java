package org.ionstream.trainer.fno;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.util.HashSet;
import java.util.Set;
import org.ionstream.surrogate.fno.ModelCard;

/**
 * Writes a network as an ONNX file that needs nothing else: normalisation inside, physical units out, batch dynamic, only
 * matrix products and elementwise operators. Signals are [batch, sample, channel] here, the order in which ONNX Runtime's
 * products are fastest. Weights keep their names, so that {@link OnnxImport} can read the network back.
 */
public final class OnnxExport {
    private static final int OPSET = 17;
    private static final int IR_VERSION = 8;

    private final FnoArchitecture architecture;
    private final FnoParameters parameters;
    private final ModelCard card;
    private final int samples;
    private final int padded;
    private final OnnxGraph graph;
    private final Set<String> sharedConstants = new HashSet<>();

    private OnnxExport(FnoParameters parameters, ModelCard card) {
        this.architecture = parameters.architecture();
        this.parameters = parameters;
        this.card = card;
        this.samples = card.samples();
        this.padded = architecture.padded(samples);
        this.graph = new OnnxGraph(card.modelId());
    }

    /**
     * @param parameters trained
     * @param normalisation statistics; interpolated if the card's grid is another one
     * @param card with the grid to export on
     */
    public static byte[] export(FnoParameters parameters, Normalisation normalisation, ModelCard card) {
        OnnxExport export = new OnnxExport(parameters, card);
        export.write(normalisation.on(card.grid()));
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("ionstream")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(export.graph.build())
                .addMetadataProps(StringStringEntryProto.newBuilder()
                        .setKey(ModelCard.METADATA_KEY)
                        .setValue(card.toJson()))
                .build()
                .toByteArray();
    }

    private void write(Normalisation normalisation) {
        int width = architecture.width();
        graph.input(ModelCard.INPUT, -1, samples);
        String scaled = graph.node(
                "Div",
                ModelCard.INPUT,
                graph.constant(OnnxNames.CURRENT_SCALE, new float[] {normalisation.currentScale()}, 1));
        String v = pointwise(activate(lift(scaled)), "lift.1");
        if (padded > samples) {
            v = graph.node("Pad", v, graph.constant("padding", 0, 0, 0, 0, padded - samples, 0));
        }
        graph.constant(
                "analysis",
                transposed(new FourierBasis(padded, modes()).analysis(), padded, 2 * modes()),
                2L * modes(),
                padded);
        graph.constant(
                "synthesis",
                transposed(new FourierBasis(padded, modes()).synthesis(), 2 * modes(), padded),
                padded,
                2L * modes());
        graph.constant("split", 0, 2, modes(), width);
        graph.constant("by_mode", modes(), -1, 2L * width);
        graph.constant("by_part", 0, 0, 2, width);
        graph.constant("joined", 0, 2L * modes(), width);
        for (int layer = 0; layer < architecture.layers(); layer++) {
            v = fourierLayer(v, layer);
        }
        if (padded > samples) {
            v = graph.node(
                    "Slice",
                    v,
                    graph.constant("from", 0),
                    graph.constant("to", samples),
                    graph.constant("time_axis", 1));
        }
        String z = pointwise(activate(pointwise(v, "project.0")), "project.1");
        write(normalisation, z);
    }

    private void write(Normalisation normalisation, String standardised) {
        int variables = architecture.variables();
        String scaled = graph.node(
                "Mul",
                standardised,
                graph.constant(OnnxNames.DEVIATION, bySample(normalisation.deviation()), samples, variables));
        String physical = graph.node(
                "Add", scaled, graph.constant(OnnxNames.MEAN, bySample(normalisation.mean()), samples, variables));
        graph.output(ModelCard.OUTPUT, graph.transpose(physical, 0, 2, 1), -1, variables, samples);
    }

    /** The time channel is the same for every protocol: its share of the first layer is folded when the model is loaded. */
    private String lift(String scaled) {
        float[] weight = parameters.get("lift.0.weight");
        int lifting = FnoArchitecture.LIFTING;
        float[] ofTime = new float[lifting];
        float[] ofCurrent = new float[lifting];
        for (int out = 0; out < lifting; out++) {
            ofTime[out] = weight[2 * out];
            ofCurrent[out] = weight[2 * out + 1];
        }
        String time = graph.constant("time", TorchFno.timeChannel(samples), samples, 1);
        String timePart = graph.node("MatMul", time, graph.constant(OnnxNames.LIFT_TIME, ofTime, 1, lifting));
        String current = graph.node("Unsqueeze", scaled, graph.constant("channel_axis", 2));
        String currentPart =
                graph.node("MatMul", current, graph.constant(OnnxNames.LIFT_CURRENT, ofCurrent, 1, lifting));
        String biased = graph.node("Add", timePart, bias("lift.0"));
        return graph.node("Add", currentPart, biased);
    }

    private String fourierLayer(String v, int layer) {
        String name = "fourier." + layer;
        String convolved = spectralConvolution(v, name);
        if (architecture.layer() == FourierLayer.MLP) {
            convolved = pointwise(activate(pointwise(convolved, name + ".mlp.0")), name + ".mlp.1");
        }
        String sum = graph.node("Add", pointwise(v, name + ".bypass"), convolved);
        return layer == architecture.layers() - 1 ? sum : activate(sum);
    }

    private String spectralConvolution(String v, String name) {
        String coefficients = graph.node("MatMul", "analysis", v);
        String byMode = graph.node(
                "Reshape", graph.transpose(graph.node("Reshape", coefficients, "split"), 2, 0, 1, 3), "by_mode");
        String mixed = graph.node("MatMul", byMode, mixing(name));
        String joined =
                graph.node("Reshape", graph.transpose(graph.node("Reshape", mixed, "by_part"), 1, 2, 0, 3), "joined");
        return graph.node("MatMul", "synthesis", joined);
    }

    /** Complex weights as real blocks [[real, imaginary], [-imaginary, real]], shape [mode][2 width][2 width]. */
    private String mixing(String name) {
        int width = architecture.width();
        float[] real = parameters.get(name + ".real");
        float[] imaginary = parameters.get(name + ".imaginary");
        float[] blocks = new float[4 * real.length];
        for (int mode = 0; mode < modes(); mode++) {
            for (int in = 0; in < width; in++) {
                for (int out = 0; out < width; out++) {
                    int from = (mode * width + in) * width + out;
                    int upper = (mode * 2 * width + in) * 2 * width + out;
                    int lower = (mode * 2 * width + width + in) * 2 * width + out;
                    blocks[upper] = real[from];
                    blocks[upper + width] = imaginary[from];
                    blocks[lower] = -imaginary[from];
                    blocks[lower + width] = real[from];
                }
            }
        }
        return graph.constant(name + OnnxNames.MIXING, blocks, modes(), 2L * width, 2L * width);
    }

    private String pointwise(String v, String name) {
        FnoParameters.Part weight = parameters.part(name + ".weight");
        int out = weight.shape()[0];
        int in = weight.shape()[1];
        String product = graph.node(
                "MatMul",
                v,
                graph.constant(weight.name(), transposed(parameters.get(weight.name()), out, in), in, out));
        return graph.node("Add", product, bias(name));
    }

    private String bias(String name) {
        float[] bias = parameters.get(name + ".bias");
        return graph.constant(name + ".bias", bias, bias.length);
    }

    private String activate(String v) {
        return switch (architecture.activation()) {
            case RELU -> graph.node("Relu", v);
            case TANH -> graph.node("Tanh", v);
            case LEAKY_RELU -> graph.leakyRelu(v, Activation.LEAKY_SLOPE);
            case GELU -> gelu(v);
        };
    }

    /** v (1 + erf(v / sqrt 2)) / 2 in the form that ONNX Runtime fuses into one operator. */
    private String gelu(String v) {
        String error = graph.node("Erf", graph.node("Div", v, shared("sqrt_2", (float) Math.sqrt(2))));
        String gate = graph.node("Add", error, shared("one", 1));
        return graph.node("Mul", graph.node("Mul", v, gate), shared("half", 0.5f));
    }

    private String shared(String name, float value) {
        return sharedConstants.add(name) ? graph.constant(name, new float[] {value}, 1) : name;
    }

    private int modes() {
        return architecture.modes();
    }

    private static float[] bySample(double[][] rows) {
        int samples = rows[0].length;
        float[] values = new float[rows.length * samples];
        for (int row = 0; row < rows.length; row++) {
            for (int sample = 0; sample < samples; sample++) {
                values[sample * rows.length + row] = (float) rows[row][sample];
            }
        }
        return values;
    }

    /** @param matrix shape [rows][columns], row by row */
    static float[] transposed(float[] matrix, int rows, int columns) {
        float[] result = new float[matrix.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                result[column * rows + row] = matrix[row * columns + column];
            }
        }
        return result;
    }
}
