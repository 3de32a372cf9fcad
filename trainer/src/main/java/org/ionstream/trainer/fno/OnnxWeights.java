package org.ionstream.trainer.fno;

/** The network's parameters as constants of a graph, under names that {@link OnnxImport} knows. Each is asked for once. */
final class OnnxWeights {
    private final FnoParameters parameters;
    private final OnnxGraph graph;

    OnnxWeights(FnoParameters parameters, OnnxGraph graph) {
        this.parameters = parameters;
        this.graph = graph;
    }

    /** Shape [in][out]. */
    String weight(String name) {
        FnoParameters.Part weight = parameters.part(name + ".weight");
        int out = weight.shape()[0];
        int in = weight.shape()[1];
        return graph.constant(weight.name(), OnnxExport.transposed(parameters.get(weight.name()), out, in), in, out);
    }

    String bias(String name) {
        float[] bias = parameters.get(name + ".bias");
        return graph.constant(name + ".bias", bias, bias.length);
    }

    /** Weights of what is seen, of the state and of time, in the order of the channels, [channel][out]. */
    String ofInputs(String weightName) {
        float[] weight = parameters.get(weightName);
        int channels = parameters.architecture().channelsIn() - 1;
        int hidden = parameters.architecture().hidden();
        float[] ofTime = new float[hidden];
        float[] ofSeen = new float[channels * hidden];
        for (int out = 0; out < hidden; out++) {
            ofTime[out] = weight[out * (1 + channels)];
            for (int channel = 0; channel < channels; channel++) {
                ofSeen[channel * hidden + out] = weight[out * (1 + channels) + 1 + channel];
            }
        }
        String stem = OnnxNames.stem(weightName);
        return graph.concat(
                0,
                graph.constant(stem + OnnxNames.OF_CURRENT, ofSeen, channels, hidden),
                graph.constant(stem + OnnxNames.OF_TIME, ofTime, 1, hidden));
    }

    /** Complex weights as real blocks [[real, imaginary], [-imaginary, real]], shape [mode][2 width][2 width]. */
    String mixing(String name) {
        int width = parameters.architecture().width();
        int modes = parameters.architecture().modes();
        float[] real = parameters.get(name + ".real");
        float[] imaginary = parameters.get(name + ".imaginary");
        float[] blocks = new float[4 * real.length];
        for (int mode = 0; mode < modes; mode++) {
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
        return graph.constant(name + OnnxNames.MIXING, blocks, modes, 2L * width, 2L * width);
    }
}
