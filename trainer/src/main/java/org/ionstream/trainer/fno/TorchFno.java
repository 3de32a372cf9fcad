package org.ionstream.trainer.fno;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv1d;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * The network's forward pass in PyTorch on one grid, in standardised space; differentiable in the parameters. Signals are
 * [batch, channel, sample]. Not thread-safe.
 */
final class TorchFno {
    private final FnoArchitecture architecture;
    private final int samples;
    private final int latent;
    private final int padded;
    private final NDArray time;
    private final NDArray latentTime;
    private final NDArray pooling;
    private final NDArray refinement;
    private final NDArray analysis;
    private final NDArray synthesis;
    private final long[] splits;
    private final FnoParameters layout;

    /** @param manager owns the constants */
    TorchFno(FnoArchitecture architecture, TimeGrid grid, NDManager manager) {
        this.architecture = architecture;
        this.layout = FnoParameters.zero(architecture);
        this.samples = grid.samples();
        this.latent = architecture.latent(samples);
        this.padded = architecture.padded(samples);
        FourierBasis basis = new FourierBasis(padded, architecture.modes());
        int coefficients = 2 * architecture.modes();
        this.time = manager.create(timeChannel(samples), new Shape(1, 1, samples));
        this.latentTime = manager.create(timeChannel(latent), new Shape(1, 1, latent));
        LatentGrid grids = new LatentGrid(samples, latent, padded);
        this.pooling =
                architecture.hasLatentGrid() ? manager.create(grids.pooling(), new Shape(samples, latent)) : null;
        this.refinement =
                architecture.hasLatentGrid() ? manager.create(grids.refinement(), new Shape(padded, samples)) : null;
        this.analysis = manager.create(basis.analysis(), new Shape(padded, coefficients));
        this.synthesis = manager.create(basis.synthesis(), new Shape(coefficients, padded));
        this.splits = layout.parts().stream()
                .skip(1)
                .mapToLong(FnoParameters.Part::offset)
                .toArray();
    }

    /** Time as a fraction of the horizon: the second input channel. */
    static float[] timeChannel(int samples) {
        float[] time = new float[samples];
        for (int i = 0; i < samples; i++) {
            time[i] = (float) i / samples;
        }
        return time;
    }

    /**
     * @param vector all parameters, shape [parameters]
     * @param currents scaled, shape [batch, 1, sample]
     * @return standardised state variables, shape [batch, variable, sample]
     */
    NDArray forward(NDArray vector, NDArray currents) {
        Weights weights = new Weights(vector.split(splits));
        long batch = currents.getShape().get(0);
        NDArray seen = seen(currents);
        NDArray v = latentTime
                .broadcast(batch, 1, latent)
                .concat(architecture.hasLatentGrid() ? seen.matMul(pooling) : seen, 1);
        v = weights.pointwise(activate(weights.pointwise(v, "lift.0")), "lift.1");
        if (padded > latent) {
            NDArray zeros = v.getManager().zeros(new Shape(batch, architecture.width(), padded - latent));
            v = v.concat(zeros, 2);
        }
        for (int layer = 0; layer < architecture.layers(); layer++) {
            v = fourierLayer(weights, v, layer);
        }
        if (architecture.hasLatentGrid()) {
            v = v.matMul(refinement);
        } else if (padded > latent) {
            v = v.get(":, :, :" + latent);
        }
        NDArray projected = weights.pointwise(v, "project.0");
        if (architecture.inputs().reachProjection()) {
            NDArray inputs = time.broadcast(batch, 1, samples).concat(seen, 1);
            projected = projected.add(weights.product(inputs, FnoParameters.PROJECTED_INPUTS));
        }
        return weights.pointwise(activate(projected), "project.1");
    }

    /** Channels of the stimulus, shape [batch, channel, sample]. */
    private NDArray seen(NDArray currents) {
        return switch (architecture.inputs()) {
            case CURRENT -> currents;
            case CURRENT_AND_CHARGE -> {
                NDArray charge = currents.cumSum(2).sub(currents.mul(0.5f)).mul(Inputs.CHARGE_SCALE / samples);
                NDArray logarithm = currents.sign()
                        .mul(currents.abs().mul(Inputs.LOGARITHM_GAIN).add(1).log())
                        .div(Inputs.LOGARITHM_DEPTH);
                yield currents.concat(charge, 1).concat(logarithm, 1);
            }
        };
    }

    private NDArray fourierLayer(Weights weights, NDArray v, int layer) {
        String name = "fourier." + layer;
        NDArray convolved = spectralConvolution(v, weights.get(name + ".real"), weights.get(name + ".imaginary"));
        if (architecture.layer() == FourierLayer.MLP) {
            convolved = weights.pointwise(activate(weights.pointwise(convolved, name + ".mlp.0")), name + ".mlp.1");
        }
        NDArray sum = weights.pointwise(v, name + ".bypass").add(convolved);
        return layer == architecture.layers() - 1 ? sum : activate(sum);
    }

    /** Every kept mode has its own complex matrix: written as one real product of twice the size per mode. */
    private NDArray spectralConvolution(NDArray v, NDArray real, NDArray imaginary) {
        long batch = v.getShape().get(0);
        int width = architecture.width();
        int modes = architecture.modes();
        NDArray coefficients = v.matMul(analysis)
                .reshape(batch, width, 2, modes)
                .transpose(3, 0, 2, 1)
                .reshape(modes, batch, 2L * width);
        NDArray mixing = real.concat(imaginary, 2).concat(imaginary.neg().concat(real, 2), 1);
        return coefficients
                .batchMatMul(mixing)
                .reshape(modes, batch, 2, width)
                .transpose(1, 3, 2, 0)
                .reshape(batch, width, 2L * modes)
                .matMul(synthesis);
    }

    private NDArray activate(NDArray v) {
        return switch (architecture.activation()) {
            case RELU -> ai.djl.nn.Activation.relu(v);
            case GELU -> ai.djl.nn.Activation.gelu(v);
            case TANH -> ai.djl.nn.Activation.tanh(v);
            case LEAKY_RELU -> ai.djl.nn.Activation.leakyRelu(v, Activation.LEAKY_SLOPE);
        };
    }

    private final class Weights {
        private final NDList split;

        Weights(NDList split) {
            this.split = split;
        }

        NDArray get(String name) {
            FnoParameters.Part part = layout.part(name);
            long[] shape = new long[part.shape().length];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = part.shape()[i];
            }
            return split.get(layout.parts().indexOf(part)).reshape(shape);
        }

        /** The same affine map at every sample. */
        NDArray pointwise(NDArray v, String name) {
            NDArray weight = get(name + ".weight").expandDims(2);
            return Conv1d.conv1d(v, weight, get(name + ".bias")).singletonOrThrow();
        }

        /** The same linear map at every sample. */
        NDArray product(NDArray v, String name) {
            return Conv1d.conv1d(v, get(name).expandDims(2)).singletonOrThrow();
        }
    }
}
