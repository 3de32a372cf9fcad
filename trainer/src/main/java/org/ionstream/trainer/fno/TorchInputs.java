package org.ionstream.trainer.fno;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;

/** What the network sees of the stimulus, in PyTorch on one grid; signals are [batch, sample, channel]. Not thread-safe. */
final class TorchInputs {
    private final Inputs inputs;
    private final int samples;
    /** As a fraction of the horizon. */
    private final double step;

    private final NDArray pooling;
    private final LeakyConstants leaky;

    /**
     * Shapes [time constant, from, to].
     *
     * @param startShares shape [1, 1, time constant]
     * @param ofConstant shape [1, sample, time constant]
     * @param meansOfConstant shape [1, latent sample, time constant]
     */
    private record LeakyConstants(
            int blocks,
            int block,
            NDArray within,
            NDArray ends,
            NDArray carries,
            NDArray decays,
            NDArray startShares,
            NDArray ofConstant,
            NDArray meansOfConstant) {
        static LeakyConstants of(LatentGrid grids, NDManager manager) {
            LeakyIntegrals integrals = grids.leaky();
            int count = LeakyIntegrals.count();
            int block = integrals.block();
            int blocks = integrals.blocks();
            return new LeakyConstants(
                    blocks,
                    block,
                    manager.create(integrals.within(), new Shape(count, block, block)),
                    manager.create(integrals.ends(), new Shape(count, block, 1)),
                    manager.create(integrals.carries(), new Shape(count, blocks, blocks)),
                    manager.create(integrals.decays(), new Shape(count, 1, block)),
                    manager.create(integrals.startShares(), new Shape(1, 1, count)),
                    channels(integrals.ofConstant(), integrals.samples(), manager),
                    channels(grids.leakyMeansOfConstant(), grids.latent(), manager));
        }

        private static NDArray channels(float[] rows, int length, NDManager manager) {
            int count = LeakyIntegrals.count();
            return manager.create(OnnxExport.transposed(rows, count, length), new Shape(1, length, count));
        }
    }

    /**
     * @param grids of stimulus and layers
     * @param manager owns the constants
     */
    TorchInputs(FnoArchitecture architecture, LatentGrid grids, NDManager manager) {
        this.inputs = architecture.inputs();
        this.samples = grids.samples();
        this.step = grids.step();
        this.pooling = architecture.hasLatentGrid()
                ? manager.create(
                        OnnxExport.transposed(grids.pooling(), samples, grids.latent()),
                        new Shape(grids.latent(), samples))
                : null;
        this.leaky = inputs == Inputs.LEAKY ? LeakyConstants.of(grids, manager) : null;
    }

    /**
     * @param lifted what the lifting sees, [batch, latent sample, channel]
     * @param projected what the projection sees, [batch, wanted sample, channel]
     */
    record Seen(NDArray lifted, NDArray projected) {}

    /** @param wanted takes the wanted samples out of a signal */
    Seen of(NDArray current, UnaryOperator<NDArray> wanted) {
        return switch (inputs) {
            case CURRENT -> new Seen(pooled(current), wanted.apply(current));
            case CURRENT_AND_CHARGE -> {
                NDArray seen = current.concat(charge(current, 0.5f), 2).concat(logarithm(current), 2);
                yield new Seen(pooled(seen), wanted.apply(seen));
            }
            case RESOLUTION_FREE ->
                new Seen(
                        withLogarithm(pooled(current.concat(charge(current, 0.5f), 2))),
                        withLogarithm(wanted.apply(current.concat(charge(current, 1), 2))));
            case LEAKY -> {
                NDArray integrals = leakyIntegrals(current);
                NDArray means = current.add(integrals.sub(current).mul(leaky.startShares()));
                NDArray overCells = current.concat(charge(current, 0.5f), 2).concat(means, 2);
                NDArray atStarts = current.concat(charge(current, 1), 2).concat(integrals, 2);
                yield new Seen(
                        withLogarithms(pooled(overCells), leaky.meansOfConstant()),
                        withLogarithms(wanted.apply(atStarts), wanted.apply(leaky.ofConstant())));
            }
        };
    }

    /** Behind current and charge that of the current. */
    private static NDArray withLogarithm(NDArray currentAndCharge) {
        return currentAndCharge.concat(logarithm(currentAndCharge.get(":, :, 0:1")), 2);
    }

    /** Behind current, charge and integrals: logarithms of current and of integrals each behind their own, and the integrals of 1. */
    private static NDArray withLogarithms(NDArray signals, NDArray ofConstant) {
        NDArray integrals = signals.get(":, :, 2:");
        return withLogarithm(signals.get(":, :, :2"))
                .concat(integrals, 2)
                .concat(logarithm(integrals), 2)
                .concat(ofConstant.broadcast(integrals.getShape()), 2);
    }

    private NDArray pooled(NDArray signal) {
        return pooling == null ? signal : pooling.matMul(signal);
    }

    /** @param ahead the share of a cell's charge that is still to come: all at its start */
    private NDArray charge(NDArray current, float ahead) {
        return current.cumSum(1).sub(current.mul(ahead)).mul(Inputs.CHARGE_SCALE * step);
    }

    private static NDArray logarithm(NDArray current) {
        return current.sign()
                .mul(current.abs().mul(Inputs.LOGARITHM_GAIN).add(1).log())
                .div(Inputs.LOGARITHM_DEPTH);
    }

    /** At the starts of the cells, [batch, sample, time constant]. */
    private NDArray leakyIntegrals(NDArray current) {
        long batch = current.getShape().get(0);
        NDArray blocks = current.reshape(batch, 1, leaky.blocks(), leaky.block());
        NDArray carried = leaky.carries().matMul(blocks.matMul(leaky.ends())).matMul(leaky.decays());
        return blocks.matMul(leaky.within())
                .add(carried)
                .reshape(batch, LeakyIntegrals.count(), samples)
                .transpose(0, 2, 1);
    }
}
