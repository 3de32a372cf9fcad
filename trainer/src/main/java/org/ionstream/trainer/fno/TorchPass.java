package org.ionstream.trainer.fno;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import java.util.List;

/**
 * One pass of the network over a window, in PyTorch on one grid, in standardised space; differentiable in the parameters. Signals
 * are [batch, sample, channel]. Not thread-safe.
 */
final class TorchPass {
    private final FnoArchitecture architecture;
    private final int samples;
    private final List<List<LatentGrid.Samples>> views;
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
     * @param grids of the window
     * @param views what is wanted of the trajectories: samples after samples
     * @param manager owns the constants
     */
    TorchPass(FnoArchitecture architecture, LatentGrid grids, List<List<LatentGrid.Samples>> views, NDManager manager) {
        this.architecture = architecture;
        this.layout = FnoParameters.zero(architecture);
        this.samples = grids.samples();
        this.views = views;
        this.latent = grids.latent();
        this.padded = grids.padded();
        FourierBasis basis = new FourierBasis(padded, architecture.modes());
        int coefficients = 2 * architecture.modes();
        this.time = manager.create(grids.layersTimes(), new Shape(1, samples, 1));
        this.latentTime = manager.create(grids.latentTimes(), new Shape(1, latent, 1));
        this.inputs = new TorchInputs(architecture, grids, manager);
        this.refinements = new NDArray[architecture.hasLatentGrid() ? views.size() : 0];
        for (int view = 0; view < refinements.length; view++) {
            NDList rows = new NDList();
            for (LatentGrid.Samples wanted : views.get(view)) {
                float[] refinement = OnnxExport.transposed(grids.refinement(wanted), padded, wanted.count());
                rows.add(manager.create(refinement, new Shape(wanted.count(), padded)));
            }
            refinements[view] = NDArrays.concat(rows);
        }
        this.analysis = manager.create(
                OnnxExport.transposed(basis.analysis(), padded, coefficients), new Shape(coefficients, padded));
        this.synthesis = manager.create(
                OnnxExport.transposed(basis.synthesis(), coefficients, padded), new Shape(padded, coefficients));
        this.splits = layout.splits();
    }

    /** @param vector all parameters, shape [parameters] */
    Weights weights(NDArray vector) {
        return new Weights(vector.split(splits));
    }

    /**
     * @param current scaled, shape [batch, sample, 1]
     * @param state at the start of the window, shape [batch, 1, variable]; null if the network does not march
     * @param view of the trajectories
     * @return standardised state variables, shape [batch, wanted sample, variable]
     */
    NDArray forward(Weights weights, NDArray current, NDArray state, int view) {
        long batch = current.getShape().get(0);
        TorchInputs.Seen seen = inputs.of(current, signal -> wanted(signal, view));
        NDArray v = channels(latentTime, seen.lifted(), state);
        v = weights.pointwise(activate(weights.pointwise(v, "lift.0")), "lift.1");
        if (padded > latent) {
            NDArray zeros = v.getManager().zeros(new Shape(batch, padded - latent, architecture.width()));
            v = v.concat(zeros, 1);
        }
        for (int layer = 0; layer < architecture.layers(); layer++) {
            v = fourierLayer(weights, v, layer);
        }
        v = architecture.hasLatentGrid() ? refinements[view].matMul(v) : wanted(v, view);
        NDArray projected = weights.pointwise(v, "project.0");
        if (architecture.inputs().reachProjection()) {
            NDArray seenThere = channels(wanted(time, view), seen.projected(), state);
            projected = projected.add(weights.product(seenThere, FnoParameters.PROJECTED_INPUTS));
        }
        NDArray z = weights.pointwise(activate(projected), "project.1");
        return state == null ? z : z.add(state);
    }

    private static NDArray channels(NDArray times, NDArray seen, NDArray state) {
        long batch = seen.getShape().get(0);
        long samples = seen.getShape().get(1);
        NDArray channels = times.broadcast(batch, samples, 1).concat(seen, 2);
        return state == null
                ? channels
                : channels.concat(
                        state.broadcast(batch, samples, state.getShape().get(2)), 2);
    }

    private NDArray wanted(NDArray signal, int view) {
        NDList parts = new NDList();
        for (LatentGrid.Samples wanted : views.get(view)) {
            boolean all = wanted.stride() == 1 && signal.getShape().get(1) == wanted.count();
            parts.add(all ? signal : signal.get(":, %d:%d:%d".formatted(wanted.first(), wanted.of(), wanted.stride())));
        }
        return parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts, 1);
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

    /** All parameters by name. */
    final class Weights {
        private final NDList split;

        private Weights(NDList split) {
            this.split = split;
        }

        private NDArray get(String name) {
            FnoParameters.Part part = layout.part(name);
            long[] shape = new long[part.shape().length];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = part.shape()[i];
            }
            return split.get(layout.parts().indexOf(part)).reshape(shape);
        }

        /** The same affine map at every sample. */
        private NDArray pointwise(NDArray v, String name) {
            return Linear.linear(v, get(name + ".weight"), get(name + ".bias")).singletonOrThrow();
        }

        /** The same linear map at every sample. */
        private NDArray product(NDArray v, String name) {
            return Linear.linear(v, get(name)).singletonOrThrow();
        }
    }
}
