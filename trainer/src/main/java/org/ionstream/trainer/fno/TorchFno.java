package org.ionstream.trainer.fno;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * The network's forward pass in PyTorch on one grid, in standardised space; differentiable in the parameters. Signals are
 * [batch, sample, channel]. Not thread-safe.
 */
final class TorchFno {
    private final FnoArchitecture architecture;
    private final int samples;
    private final int stride;
    private final int latent;
    private final int padded;
    private final TorchInputs inputs;
    private final NDArray time;
    private final NDArray latentTime;
    private final NDArray[] refinements;
    private final NDArray analysis;
    private final NDArray synthesis;
    private final long[] splits;
    private final FnoParameters layout;

    /**
     * @param horizonMs that the network is of; the grid may end a little before or beyond it
     * @param stride the trajectories are computed at every so manieth sample
     * @param manager owns the constants
     */
    TorchFno(FnoArchitecture architecture, TimeGrid grid, double horizonMs, int stride, NDManager manager) {
        double step = grid.stepMs() / horizonMs;
        this.architecture = architecture;
        this.layout = FnoParameters.zero(architecture);
        this.samples = grid.samples();
        this.stride = stride;
        this.latent = architecture.latent(samples);
        this.padded = architecture.padded(samples);
        FourierBasis basis = new FourierBasis(padded, architecture.modes());
        int coefficients = 2 * architecture.modes();
        LatentGrid grids = architecture.grids(step, samples);
        this.time = manager.create(grids.layersTimes(), new Shape(1, samples, 1));
        this.latentTime = manager.create(grids.latentTimes(), new Shape(1, latent, 1));
        this.inputs = new TorchInputs(architecture, grids, manager);
        this.refinements = new NDArray[architecture.hasLatentGrid() ? stride : 0];
        for (int first = 0; first < refinements.length; first++) {
            LatentGrid.Samples wanted = new LatentGrid.Samples(first, stride, samples);
            float[] refinement = OnnxExport.transposed(grids.refinement(wanted), padded, wanted.count());
            refinements[first] = manager.create(refinement, new Shape(wanted.count(), padded));
        }
        this.analysis = manager.create(
                OnnxExport.transposed(basis.analysis(), padded, coefficients), new Shape(coefficients, padded));
        this.synthesis = manager.create(
                OnnxExport.transposed(basis.synthesis(), coefficients, padded), new Shape(padded, coefficients));
        this.splits = layout.splits();
    }

    /**
     * @param vector all parameters, shape [parameters]
     * @param currents scaled, shape [batch, 1, sample]
     * @param first sample of the trajectories, below the stride
     * @return standardised state variables, shape [batch, variable, wanted sample]
     */
    NDArray forward(NDArray vector, NDArray currents, int first) {
        Weights weights = new Weights(vector.split(splits));
        long batch = currents.getShape().get(0);
        NDArray current = currents.reshape(batch, samples, 1);
        TorchInputs.Seen seen = inputs.of(current, signal -> wanted(signal, first));
        NDArray v = latentTime.broadcast(batch, latent, 1).concat(seen.lifted(), 2);
        v = weights.pointwise(activate(weights.pointwise(v, "lift.0")), "lift.1");
        if (padded > latent) {
            NDArray zeros = v.getManager().zeros(new Shape(batch, padded - latent, architecture.width()));
            v = v.concat(zeros, 1);
        }
        for (int layer = 0; layer < architecture.layers(); layer++) {
            v = fourierLayer(weights, v, layer);
        }
        if (architecture.hasLatentGrid()) {
            v = refinements[first].matMul(v);
        } else {
            v = wanted(v, first);
        }
        NDArray projected = weights.pointwise(v, "project.0");
        if (architecture.inputs().reachProjection()) {
            NDArray times = wanted(time, first);
            times = times.broadcast(batch, times.getShape().get(1), 1);
            projected =
                    projected.add(weights.product(times.concat(seen.projected(), 2), FnoParameters.PROJECTED_INPUTS));
        }
        return weights.pointwise(activate(projected), "project.1").transpose(0, 2, 1);
    }

    private NDArray wanted(NDArray signal, int first) {
        boolean all = stride == 1 && signal.getShape().get(1) == samples;
        return all ? signal : signal.get(":, %d:%d:%d".formatted(first, samples, stride));
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
        NDArray coefficients = analysis.matMul(v)
                .reshape(batch, 2, modes, width)
                .transpose(2, 0, 1, 3)
                .reshape(modes, batch, 2L * width);
        NDArray mixing = real.concat(imaginary, 2).concat(imaginary.neg().concat(real, 2), 1);
        NDArray mixed = coefficients
                .batchMatMul(mixing)
                .reshape(modes, batch, 2, width)
                .transpose(1, 2, 0, 3)
                .reshape(batch, 2L * modes, width);
        return synthesis.matMul(mixed);
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
            return Linear.linear(v, get(name + ".weight"), get(name + ".bias")).singletonOrThrow();
        }

        /** The same linear map at every sample. */
        NDArray product(NDArray v, String name) {
            return Linear.linear(v, get(name)).singletonOrThrow();
        }
    }
}
