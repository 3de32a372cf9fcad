package org.ionstream.trainer.fno;

import java.util.Arrays;

/**
 * Makes a trained network deeper without changing what it predicts, so that it can be trained on from where it is, as Net2DeeperNet
 * of Chen et al. 2016, "Net2Net: Accelerating Learning via Knowledge Transfer", does for other networks. A new layer hands its input
 * through its bypass, lifted to where sigma is the identity, and the layer behind it takes the lift off again; its convolution begins
 * with weights that let nothing through yet.
 */
final class GrownFno {
    /** What GELU and ReLU leave as it is up to the last bit of a float, above anything they give out below 0. */
    private static final float LIFT = 8;

    private GrownFno() {}

    /**
     * The network with further layers, spread over its depth, and other latent samples, which the weights do not depend on.
     *
     * @param larger architecture, the same in all else
     * @param seed of the new layers' random numbers
     * @throws IllegalArgumentException if layers cannot be added
     */
    static FnoParameters of(FnoParameters network, FnoArchitecture larger, long seed) {
        FnoArchitecture from = network.architecture();
        if (!from.with(larger.layers(), larger.latentSamples()).equals(larger) || larger.layers() < from.layers()) {
            throw new IllegalArgumentException(
                    "%s cannot grow into %s: only layers can be added, and latent samples changed"
                            .formatted(from, larger));
        }
        FnoParameters grown = FnoParameters.of(from.with(from.layers(), larger.latentSamples()), network.values());
        for (int added = 0; added < larger.layers() - from.layers(); added++) {
            grown = deeper(grown, 2 * added % Math.max(1, from.layers() + added - 1), seed + added);
        }
        return grown;
    }

    /** With a layer more behind this one, which is not the last: that one has no sigma. */
    private static FnoParameters deeper(FnoParameters network, int behind, long seed) {
        FnoArchitecture from = network.architecture();
        boolean lifts = from.activation() == Activation.GELU || from.activation() == Activation.RELU;
        if (from.layers() < 2 || !lifts) {
            throw new IllegalArgumentException(
                    "a network of %d layers with %s cannot be made deeper: it needs two layers, and GELU or RELU; begin anew"
                            .formatted(from.layers(), from.activation()));
        }
        FnoParameters deeper = FnoParameters.random(from.with(from.layers() + 1, from.latentSamples()), seed);
        for (FnoParameters.Part part : network.parts()) {
            deeper.set(shifted(part.name(), behind), network.get(part.name()));
        }
        handThrough(deeper, layer(behind + 1));
        takeOff(deeper, layer(behind + 2));
        return deeper;
    }

    private static String layer(int number) {
        return "fourier." + number;
    }

    private static String shifted(String part, int behind) {
        if (!part.startsWith("fourier.")) {
            return part;
        }
        String[] names = part.split("\\.", 3);
        int number = Integer.parseInt(names[1]);
        return layer(number <= behind ? number : number + 1) + "." + names[2];
    }

    private static void handThrough(FnoParameters network, String layer) {
        int width = network.architecture().width();
        float[] identity = new float[width * width];
        for (int channel = 0; channel < width; channel++) {
            identity[channel * width + channel] = 1;
        }
        float[] lift = new float[width];
        Arrays.fill(lift, LIFT);
        network.set(layer + ".bypass.weight", identity);
        network.set(layer + ".bypass.bias", lift);
        if (network.architecture().layer() == FourierLayer.MLP) {
            network.set(layer + ".mlp.1.weight", new float[width * width]);
            network.set(layer + ".mlp.1.bias", new float[width]);
        } else {
            int spectral = network.architecture().modes() * width * width;
            network.set(layer + ".real", new float[spectral]);
            network.set(layer + ".imaginary", new float[spectral]);
        }
    }

    /** Of a constant the convolution sees the mean alone, with the real weights of mode 0. */
    private static void takeOff(FnoParameters network, String layer) {
        int width = network.architecture().width();
        float[] real = network.get(layer + ".real");
        double[] convolved = new double[width];
        double[] lift = new double[width];
        Arrays.fill(lift, LIFT);
        for (int in = 0; in < width; in++) {
            for (int out = 0; out < width; out++) {
                convolved[out] += LIFT * real[in * width + out];
            }
        }
        takeOff(network, layer + ".bypass", lift);
        if (network.architecture().layer() == FourierLayer.MLP) {
            takeOff(network, layer + ".mlp.0", convolved);
        } else {
            subtract(network, layer + ".bypass.bias", convolved);
        }
    }

    /** What an affine map makes of a constant, from its bias. */
    private static void takeOff(FnoParameters network, String affine, double[] constant) {
        float[] weight = network.get(affine + ".weight");
        double[] mapped = new double[constant.length];
        for (int out = 0; out < mapped.length; out++) {
            for (int in = 0; in < constant.length; in++) {
                mapped[out] += weight[out * constant.length + in] * constant[in];
            }
        }
        subtract(network, affine + ".bias", mapped);
    }

    private static void subtract(FnoParameters network, String bias, double[] amount) {
        float[] values = network.get(bias);
        for (int i = 0; i < values.length; i++) {
            values[i] -= (float) amount[i];
        }
        network.set(bias, values);
    }
}
