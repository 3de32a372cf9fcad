package org.ionstream.trainer.fno;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * All trainable numbers of an FNO as one vector, with the name and shape of each part. Pointwise layers have weights
 * [out][in] and biases [out]; spectral weights are [mode][in][out], real and imaginary part apart.
 */
public final class FnoParameters {
    /** A named stretch of the vector. */
    public record Part(String name, int offset, int... shape) {
        int size() {
            return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        }
    }

    /** Weights of the input channels in the projection, where they reach it. */
    static final String PROJECTED_INPUTS = "project.0.inputs.weight";

    private final FnoArchitecture architecture;
    private final List<Part> parts;
    private final float[] values;

    private FnoParameters(FnoArchitecture architecture, float[] values) {
        this.architecture = architecture;
        this.parts = layout(architecture);
        this.values = values;
        if (values.length != architecture.parameterCount()) {
            throw new IllegalArgumentException(
                    "%d numbers for an FNO of %d parameters".formatted(values.length, architecture.parameterCount()));
        }
    }

    /** @param values in the order of the parts; copied */
    public static FnoParameters of(FnoArchitecture architecture, float[] values) {
        return new FnoParameters(architecture, values.clone());
    }

    static FnoParameters zero(FnoArchitecture architecture) {
        return new FnoParameters(architecture, new float[Math.toIntExact(architecture.parameterCount())]);
    }

    /**
     * As the paper's code starts: spectral weights uniform in [0, 1) / width squared, everything else uniform within
     * +-1/sqrt(inputs of the layer).
     */
    public static FnoParameters random(FnoArchitecture architecture, long seed) {
        FnoParameters parameters = zero(architecture);
        SplittableRandom random = new SplittableRandom(seed);
        float spectral = 1f / (architecture.width() * architecture.width());
        float bound = 0;
        for (Part part : parameters.parts) {
            boolean isSpectral = part.shape().length == 3;
            if (part.shape().length == 2) {
                int fanIn = part.name().equals(PROJECTED_INPUTS) ? architecture.width() : part.shape()[1];
                bound = (float) (1 / Math.sqrt(fanIn));
            }
            for (int i = 0; i < part.size(); i++) {
                float uniform = (float) random.nextDouble();
                parameters.values[part.offset() + i] = isSpectral ? uniform * spectral : (2 * uniform - 1) * bound;
            }
        }
        return parameters;
    }

    public FnoArchitecture architecture() {
        return architecture;
    }

    List<Part> parts() {
        return parts;
    }

    /** Where the parts begin, the first left out: how to split the vector into them. */
    long[] splits() {
        return parts.stream().skip(1).mapToLong(Part::offset).toArray();
    }

    /** All numbers, in the order of the parts. */
    public float[] vector() {
        return values.clone();
    }

    /** The live vector: whoever writes it changes the network. */
    float[] values() {
        return values;
    }

    float[] get(String name) {
        Part part = part(name);
        return Arrays.copyOfRange(values, part.offset(), part.offset() + part.size());
    }

    void set(String name, float[] part) {
        Part target = part(name);
        if (part.length != target.size()) {
            throw new IllegalArgumentException(
                    "%s has %d numbers, %d are needed".formatted(name, part.length, target.size()));
        }
        System.arraycopy(part, 0, values, target.offset(), part.length);
    }

    Part part(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no parameter named " + name));
    }

    private static List<Part> layout(FnoArchitecture a) {
        Layout layout = new Layout();
        layout.pointwise("lift.0", a.channelsIn(), a.hidden());
        layout.pointwise("lift.1", a.hidden(), a.width());
        for (int i = 0; i < a.layers(); i++) {
            String name = "fourier." + i;
            layout.add(name + ".real", a.modes(), a.width(), a.width());
            layout.add(name + ".imaginary", a.modes(), a.width(), a.width());
            layout.pointwise(name + ".bypass", a.width(), a.width());
            if (a.layer() == FourierLayer.MLP) {
                layout.pointwise(name + ".mlp.0", a.width(), a.width());
                layout.pointwise(name + ".mlp.1", a.width(), a.width());
            }
        }
        layout.pointwise("project.0", a.width(), a.hidden());
        if (a.inputs().reachProjection()) {
            layout.add(PROJECTED_INPUTS, a.hidden(), a.channelsIn());
        }
        layout.pointwise("project.1", a.hidden(), a.variables());
        return List.copyOf(layout.parts);
    }

    private static final class Layout {
        private final List<Part> parts = new ArrayList<>();
        private int offset;

        void pointwise(String name, int in, int out) {
            add(name + ".weight", out, in);
            add(name + ".bias", out);
        }

        void add(String name, int... shape) {
            Part part = new Part(name, offset, shape);
            parts.add(part);
            offset += part.size();
        }
    }
}
