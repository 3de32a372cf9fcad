package org.ionstream.trainer.fno;

import java.util.Arrays;

/**
 * Makes a trained network deeper and changes little of what it predicts, so that it can be trained on from where it is, as
 * Net2DeeperNet of Chen et al. 2016, "Net2Net: Accelerating Learning via Knowledge Transfer", does for other networks. A new layer
 * hands its input through its bypass, lifted to where sigma is nearly the identity, and the layer behind it takes the lift off again;
 * its convolution begins with weights that let nothing through yet.
 */
final class GrownFno {
    /**
     * GELU gives out -0.17 or more; lifted by so much, it leaves that as it is to 0.07. Lifted by 8 it would to the last bit, but
     * from inputs with such a mean the next layer learns badly (trainer/EXPERIMENTS.md).
     */
    private static final float LIFT_OF_GELU = 2;

    private GrownFno() {}

    /**
     * The network with so many layers, the new ones spread over its depth.
     *
     * @param seed of the new layers' random numbers
     * @throws IllegalArgumentException if layers cannot be added
     */
    static FnoParameters of(FnoParameters network, int layers, long seed) {
        int before = network.architecture().layers();
        if (layers < before) {
            throw new IllegalArgumentException(
                    "a network of %d layers cannot become one of %d; layers can only be added"
                            .formatted(before, layers));
        }
        FnoParameters grown = network;
        for (int added = 0; added < layers - before; added++) {
            grown = deeper(grown, 2 * added % Math.max(1, before + added - 1), seed + added);
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
        FnoParameters deeper = FnoParameters.random(from.withLayers(from.layers() + 1), seed);
        for (FnoParameters.Part part : network.parts()) {
            deeper.set(shifted(part.name(), behind), network.get(part.name()));
        }
        handThrough(deeper, layer(behind + 1));
        takeOff(deeper, layer(behind + 2));
        return deeper;
    }

    /** What ReLU gives out it leaves as it is. */
    private static float lift(FnoParameters network) {
        return network.architecture().activation() == Activation.GELU ? LIFT_OF_GELU : 0;
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
        Arrays.fill(lift, lift(network));
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
        Arrays.fill(lift, lift(network));
        for (int in = 0; in < width; in++) {
            for (int out = 0; out < width; out++) {
                convolved[out] += lift[in] * real[in * width + out];
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
