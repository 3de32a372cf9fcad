package org.ionstream.trainer.fno;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ionstream.surrogate.fno.ModelCard;

/**
 * Writes a network as an ONNX file that needs nothing else: normalisation inside, physical units out, batch dynamic, only
 * matrix products and elementwise operators. Weights keep their names, so that {@link OnnxImport} can read the network back;
 * what can be computed from weights alone is written as nodes that the runtime folds when it loads the file.
 *
 * <p>The order of the axes is what makes it fast. In the Fourier layers it is [sample, batch, channel], so that a transform of
 * all protocols is one large product; the coefficients of a mode lie together but for a transposition of whole rows. In the
 * projection it is [batch, channel, sample], that of the output. Biases ride on the products: as the third operand of Gemm or
 * as a channel of ones.
 */
public final class OnnxExport {
    private static final int OPSET = 17;
    private static final int IR_VERSION = 8;

    private final FnoArchitecture architecture;
    private final OnnxWeights weights;
    private final ModelCard card;
    private final int samples;
    private final int latent;
    private final int padded;
    private final LatentGrid grids;
    /** Of a window's trajectory: all, or all but its start, at which the one before ends. */
    private final LatentGrid.Samples wanted;

    private final OnnxGraph graph;

    private OnnxExport(FnoParameters parameters, ModelCard card, double step) {
        this.architecture = parameters.architecture();
        this.card = card;
        this.samples = card.samples();
        this.latent = architecture.latent(samples);
        this.padded = architecture.padded(samples);
        this.grids = architecture.grids(step, samples);
        this.wanted = new LatentGrid.Samples(architecture.marches() ? 1 : 0, 1, grids.samples());
        this.graph = new OnnxGraph(card.modelId());
        this.weights = new OnnxWeights(parameters, graph);
    }

    /**
     * @param parameters trained
     * @param normalisation statistics; interpolated if the card's grid is another one
     * @param card with the grid to export on
     * @param horizonMs that the network is of; the grid may end a little before or beyond it
     */
    public static byte[] export(
            FnoParameters parameters, Normalisation normalisation, ModelCard card, double horizonMs) {
        OnnxExport export = new OnnxExport(parameters, card, card.stepMs() / horizonMs);
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
        graph.input(ModelCard.INPUT, -1, samples);
        String scaled = graph.node(
                "Div",
                ModelCard.INPUT,
                graph.constant(OnnxNames.CURRENT_SCALE, new float[] {normalisation.currentScale()}, 1));
        String current = graph.node("Unsqueeze", scaled, graph.constant("channel_axis", 1));
        layerConstants();
        String deviation = graph.transpose(bySample(OnnxNames.DEVIATION, normalisation.deviation()), 1, 0);
        String mean = graph.transpose(bySample(OnnxNames.MEAN, normalisation.mean()), 1, 0);
        String physical = architecture.marches()
                ? graph.node("Add", graph.node("Mul", march(current, normalisation.initial()), deviation), mean)
                : graph.node(
                        "Add",
                        graph.node("Mul", atOnce(current), deviation),
                        graph.node("Add", graph.node("Mul", deviation, lastBias()), mean));
        graph.output(ModelCard.OUTPUT, physical, -1, architecture.variables(), samples);
    }

    private String atOnce(String current) {
        String noughts = noughts(current);
        return pass(new OnnxInputs(architecture, grids, graph, noughts).of(current), Optional.empty(), noughts);
    }

    /**
     * Window after window, each from the state at the end of the one before; the end of the last is beyond the grid. What they see
     * of the stimulus is computed for all at once.
     */
    private String march(String current, float[] initial) {
        int ofWindow = architecture.samplesOfWindow(samples);
        String windows = graph.node("Reshape", current, graph.constant("windows", -1, 1, ofWindow));
        String noughtsOfWindows = noughts(windows);
        OnnxInputs.Seen seen = new OnnxInputs(architecture, grids, graph, noughtsOfWindows)
                .of(graph.concat(2, windows, noughtsOfWindows));
        String projected = slice(seen.projected(), 2, 1, grids.samples());
        String noughts = noughts(current);
        String state = graph.node("Add", noughts, graph.constant("initial", initial, 1, initial.length, 1));
        List<String> z = new ArrayList<>(List.of(state));
        for (int window = 0; window < architecture.windows(); window++) {
            OnnxInputs.Seen here = new OnnxInputs.Seen(
                    ofWindow(seen.lifted(), window, latent), ofWindow(projected, window, wanted.count()));
            String change = pass(here, Optional.of(state), noughts);
            String answer = graph.node("Add", change, graph.node("Add", state, lastBias()));
            state = slice(answer, 2, ofWindow - 1, ofWindow);
            z.add(window < architecture.windows() - 1 ? answer : slice(answer, 2, 0, ofWindow - 1));
        }
        return graph.concat(2, z.toArray(String[]::new));
    }

    /** @param signal [batch * window, channel, sample] */
    private String ofWindow(String signal, int window, int length) {
        int channels = architecture.inputs().channels();
        String byWindow = graph.node(
                "Reshape",
                signal,
                graph.constant("by_window_%d".formatted(length), -1, architecture.windows(), channels, length));
        return graph.node("Squeeze", slice(byWindow, 1, window, window + 1), graph.constant("channel_axis", 1));
    }

    private String slice(String signal, int axis, int from, int to) {
        return graph.node(
                "Slice",
                signal,
                graph.constant("place_%d".formatted(from), from),
                graph.constant("place_%d".formatted(to), to),
                graph.constant("axis_%d".formatted(axis), axis));
    }

    /**
     * One pass of the network.
     *
     * @param state at the start of the window, [batch, variable, 1], if the network marches
     * @return standardised and, so that it can ride on something smaller, without the last bias, [batch, variable, sample]; of a
     *     window without its start, with its end
     */
    private String pass(OnnxInputs.Seen seen, Optional<String> state, String noughts) {
        String v = lift(withState(seen.lifted(), state, "latent", latent), noughts);
        for (int layer = 0; layer < architecture.layers(); layer++) {
            v = fourierLayer(v, layer);
        }
        return project(onTheGridOf(v), withState(seen.projected(), state, "wanted", wanted.count()), noughts);
    }

    private String withState(String seen, Optional<String> state, String name, int length) {
        return state.map(start -> graph.concat(
                        1,
                        seen,
                        graph.node("Add", start, graph.constant(name + "_noughts", new float[length], 1, 1, length))))
                .orElse(seen);
    }

    /** A zero per row, [batch, 1, 1]: what is the same for all takes its batch from it, without reading shapes. */
    private String noughts(String signal) {
        return graph.node("Mul", slice(signal, 2, 0, 1), scalar("nought", 0));
    }

    /** Channels that are the same for all protocols: time and ones, whose weights are the share of time and the bias. */
    private String companions(String noughts, String name, float[]... rows) {
        int length = rows[0].length;
        float[] values = new float[rows.length * length];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, values, row * length, length);
        }
        return graph.node("Add", noughts, graph.constant(name, values, 1, rows.length, length));
    }

    private static float[] ones(int length) {
        float[] ones = new float[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Into the layers' shape: samples and batch in one axis, samples outside, [padded sample * batch, channel]. */
    private String lift(String seen, String noughts) {
        String channels = graph.concat(1, seen, companions(noughts, "latent_time", grids.latentTimes(), ones(latent)));
        String linear = graph.concat(
                0,
                weights.ofInputs("lift.0.weight"),
                graph.node("Unsqueeze", weights.bias("lift.0"), graph.constant("row_axis", 0)));
        String byTime = graph.node(
                "Reshape",
                graph.transpose(channels, 2, 0, 1),
                graph.constant("lifted_rows", -1, architecture.channelsIn() + 1L));
        String v = pointwise(activate(graph.node("MatMul", byTime, linear)), "lift.1");
        if (padded == latent) {
            return v;
        }
        String unpadded = graph.node("Reshape", v, graph.constant("unpadded", latent, -1, architecture.width()));
        String zeros = graph.constant("padding", 0, 0, 0, padded - latent, 0, 0);
        return graph.node("Reshape", graph.node("Pad", unpadded, zeros), "rows");
    }

    private void layerConstants() {
        int coefficients = 2 * modes();
        int width = architecture.width();
        FourierBasis basis = new FourierBasis(padded, modes());
        graph.constant("analysis", transposed(basis.analysis(), padded, coefficients), coefficients, padded);
        graph.constant("synthesis", transposed(basis.synthesis(), coefficients, padded), padded, coefficients);
        graph.constant("rows", -1, width);
        graph.constant("by_time", padded, -1);
        graph.constant("split", 2, modes(), -1, width);
        graph.constant("by_mode", modes(), -1, 2L * width);
        graph.constant("by_part", modes(), -1, 2, width);
        graph.constant("by_coefficient", coefficients, -1);
    }

    private String fourierLayer(String v, int layer) {
        String name = "fourier." + layer;
        String convolved = spectralConvolution(v, weights.mixing(name));
        String sum = switch (architecture.layer()) {
            case CLASSIC -> graph.node("Add", pointwise(v, name + ".bypass"), convolved);
            case MLP -> {
                String offset = graph.node("Add", weights.bias(name + ".bypass"), weights.bias(name + ".mlp.1"));
                String bypassed = graph.node("Gemm", v, weights.weight(name + ".bypass"), offset);
                String hidden = activate(pointwise(convolved, name + ".mlp.0"));
                yield graph.node("Gemm", hidden, weights.weight(name + ".mlp.1"), bypassed);
            }
        };
        return layer == architecture.layers() - 1 ? sum : activate(sum);
    }

    /** Of all protocols in one product each way; mode by mode in between. */
    private String spectralConvolution(String v, String mixing) {
        String coefficients = graph.node("MatMul", "analysis", graph.node("Reshape", v, "by_time"));
        String byMode = graph.node(
                "Reshape", graph.transpose(graph.node("Reshape", coefficients, "split"), 1, 2, 0, 3), "by_mode");
        String mixed = graph.node("Reshape", graph.node("MatMul", byMode, mixing), "by_part");
        String joined = graph.node("Reshape", graph.transpose(mixed, 2, 0, 1, 3), "by_coefficient");
        return graph.node("Reshape", graph.node("MatMul", "synthesis", joined), "rows");
    }

    /** The same affine map at every sample: rows in, rows out. */
    private String pointwise(String v, String name) {
        return graph.node("Gemm", v, weights.weight(name), weights.bias(name));
    }

    /**
     * From the layers' shape to channels and samples in the order of the output, [batch, channel, sample]: here the last
     * product is the one that writes the trajectory.
     */
    private String onTheGridOf(String v) {
        int width = architecture.width();
        String byTime = graph.node("Reshape", v, graph.constant("unrolled", padded, -1, width));
        if (architecture.hasLatentGrid()) {
            return graph.node(
                    "MatMul",
                    graph.transpose(byTime, 1, 2, 0),
                    graph.constant("refinement", grids.refinement(wanted), padded, wanted.count()));
        }
        String unpadded = padded == latent
                ? byTime
                : graph.node(
                        "Slice",
                        byTime,
                        graph.constant("from", 0),
                        graph.constant("to", latent),
                        graph.constant("outer_axis", 0));
        return graph.transpose(unpadded, 1, 2, 0);
    }

    private String project(String v, String seen, String noughts) {
        String linear = graph.node("Unsqueeze", weights.bias("project.0"), graph.constant("row_axis", 0));
        String channels;
        if (architecture.inputs().reachProjection()) {
            linear = graph.concat(
                    0, weights.weight("project.0"), weights.ofInputs(FnoParameters.PROJECTED_INPUTS), linear);
            channels = graph.concat(1, v, seen, companions(noughts, "time", times(), ones(wanted.count())));
        } else {
            linear = graph.concat(0, weights.weight("project.0"), linear);
            channels = graph.concat(1, v, companions(noughts, "ones", ones(wanted.count())));
        }
        String projected = activate(graph.node("MatMul", graph.transpose(linear, 1, 0), channels));
        return graph.node("MatMul", graph.transpose(weights.weight("project.1"), 1, 0), projected);
    }

    private float[] times() {
        float[] all = grids.layersTimes();
        return Arrays.copyOfRange(all, wanted.first(), all.length);
    }

    private String lastBias() {
        return graph.node("Unsqueeze", weights.bias("project.1"), graph.constant("column_axis", 1));
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
        String error = graph.node("Erf", graph.node("Div", v, scalar("sqrt_2", (float) Math.sqrt(2))));
        String gate = graph.node("Add", error, scalar("one", 1));
        return graph.node("Mul", graph.node("Mul", v, gate), scalar("half", 0.5f));
    }

    private String scalar(String name, float value) {
        return graph.constant(name, new float[] {value}, 1);
    }

    private int modes() {
        return architecture.modes();
    }

    /** Shape [sample][variable]. */
    private String bySample(String name, double[][] rows) {
        float[] values = new float[rows.length * samples];
        for (int row = 0; row < rows.length; row++) {
            for (int sample = 0; sample < samples; sample++) {
                values[sample * rows.length + row] = (float) rows[row][sample];
            }
        }
        return graph.constant(name, values, samples, rows.length);
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
