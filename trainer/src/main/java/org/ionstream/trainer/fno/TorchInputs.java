package org.ionstream.trainer.fno;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

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
        static LeakyConstants of(LeakyIntegrals integrals, double[] edges, NDManager manager) {
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
                    channels(LeakyIntegrals.meansOfConstant(edges), edges.length - 1, manager));
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
        this.leaky = inputs == Inputs.LEAKY
                ? LeakyConstants.of(new LeakyIntegrals(step, samples), grids.edges(), manager)
                : null;
    }

    /** What the lifting sees of the stimulus, [batch, latent sample, channel]. */
    NDArray lifted(NDArray current) {
        return switch (inputs) {
            case CURRENT -> pooled(current);
            case CURRENT_AND_CHARGE -> pooled(projected(current));
            case RESOLUTION_FREE -> meansAndLogarithm(current);
            case LEAKY -> {
                NDArray integrals = leakyIntegrals(current);
                NDArray mean = pooled(current.add(integrals.sub(current).mul(leaky.startShares())));
                yield withLeakyIntegrals(meansAndLogarithm(current), mean, leaky.meansOfConstant());
            }
        };
    }

    private NDArray meansAndLogarithm(NDArray current) {
        NDArray pooled = pooled(current.concat(charge(current, 0.5f), 2));
        return pooled.concat(logarithm(pooled.get(":, :, 0:1")), 2);
    }

    /** What the projection sees of it, [batch, sample, channel]. */
    NDArray projected(NDArray current) {
        return switch (inputs) {
            case CURRENT -> current;
            case CURRENT_AND_CHARGE -> withChargeAndLogarithm(current, 0.5f);
            case RESOLUTION_FREE -> withChargeAndLogarithm(current, 1);
            case LEAKY -> {
                NDArray integrals = leakyIntegrals(current);
                yield withLeakyIntegrals(withChargeAndLogarithm(current, 1), integrals, leaky.ofConstant());
            }
        };
    }

    private static NDArray withLeakyIntegrals(NDArray channels, NDArray integrals, NDArray ofConstant) {
        return channels.concat(integrals, 2)
                .concat(logarithm(integrals), 2)
                .concat(ofConstant.broadcast(integrals.getShape()), 2);
    }

    private NDArray withChargeAndLogarithm(NDArray current, float ahead) {
        return current.concat(charge(current, ahead), 2).concat(logarithm(current), 2);
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
