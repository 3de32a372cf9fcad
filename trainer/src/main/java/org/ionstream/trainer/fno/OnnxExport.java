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
    private final int latent;
    private final int padded;
    private final OnnxGraph graph;
    private final Set<String> sharedConstants = new HashSet<>();

    private OnnxExport(FnoParameters parameters, ModelCard card) {
        this.architecture = parameters.architecture();
        this.parameters = parameters;
        this.card = card;
        this.samples = card.samples();
        this.latent = architecture.latent(samples);
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
        String seen = seen(scaled);
        String v = pointwise(activate(lift(seen)), "lift.1");
        if (padded > latent) {
            v = graph.node("Pad", v, graph.constant("padding", 0, 0, 0, 0, padded - latent, 0));
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
        if (architecture.hasLatentGrid()) {
            float[] refinement = new LatentGrid(samples, latent, padded).refinement();
            v = graph.node(
                    "MatMul",
                    graph.constant("refinement", transposed(refinement, padded, samples), samples, padded),
                    v);
        } else if (padded > latent) {
            v = graph.node(
                    "Slice",
                    v,
                    graph.constant("from", 0),
                    graph.constant("to", latent),
                    graph.constant("time_axis", 1));
        }
        String projected = pointwise(v, "project.0");
        if (architecture.inputs().reachProjection()) {
            projected = graph.node("Add", projected, inputs(seen, "time", samples, FnoParameters.PROJECTED_INPUTS));
        }
        write(normalisation, pointwise(activate(projected), "project.1"));
    }

    /** Channels of the stimulus, [batch, sample, channel]. */
    private String seen(String scaled) {
        String current = graph.node("Unsqueeze", scaled, graph.constant("channel_axis", 2));
        return switch (architecture.inputs()) {
            case CURRENT -> current;
            case CURRENT_AND_CHARGE -> {
                String delivered = graph.node("CumSum", current, graph.constant("sample_axis", 1));
                String centred = graph.node("Sub", delivered, graph.node("Mul", current, shared("half", 0.5f)));
                String charge = graph.node("Mul", centred, shared("charge_scale", Inputs.CHARGE_SCALE / samples));
                String gained =
                        graph.node("Mul", graph.node("Abs", current), shared("logarithm_gain", Inputs.LOGARITHM_GAIN));
                String size = graph.node(
                        "Div",
                        graph.node("Log", graph.node("Add", gained, shared("one", 1))),
                        shared("logarithm_depth", Inputs.LOGARITHM_DEPTH));
                yield graph.concat(2, current, charge, graph.node("Mul", graph.node("Sign", current), size));
            }
        };
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

    private String lift(String seen) {
        String pooled = seen;
        if (architecture.hasLatentGrid()) {
            float[] pooling = new LatentGrid(samples, latent, padded).pooling();
            pooled = graph.node(
                    "MatMul", graph.constant("pooling", transposed(pooling, samples, latent), latent, samples), seen);
        }
        String time = architecture.hasLatentGrid() ? "latent_time" : "time";
        return graph.node("Add", inputs(pooled, time, latent, "lift.0.weight"), bias("lift.0"));
    }

    /** The time channel is the same for every protocol: its share is folded when the model is loaded. */
    private String inputs(String seen, String time, int length, String weightName) {
        float[] weight = parameters.get(weightName);
        int channels = architecture.inputs().channels();
        int hidden = architecture.hidden();
        float[] ofTime = new float[hidden];
        float[] ofSeen = new float[channels * hidden];
        for (int out = 0; out < hidden; out++) {
            ofTime[out] = weight[out * (1 + channels)];
            for (int channel = 0; channel < channels; channel++) {
                ofSeen[channel * hidden + out] = weight[out * (1 + channels) + 1 + channel];
            }
        }
        String stem = OnnxNames.stem(weightName);
        if (sharedConstants.add(time)) {
            graph.constant(time, TorchFno.timeChannel(length), length, 1);
        }
        String timePart = graph.node("MatMul", time, graph.constant(stem + OnnxNames.OF_TIME, ofTime, 1, hidden));
        String seenPart =
                graph.node("MatMul", seen, graph.constant(stem + OnnxNames.OF_CURRENT, ofSeen, channels, hidden));
        return graph.node("Add", seenPart, timePart);
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
