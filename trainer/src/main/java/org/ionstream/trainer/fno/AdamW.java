package org.ionstream.trainer.fno;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv 1711.05101) on one parameter vector. DJL's own does not
 * give its moments back, which an exact resume needs.
 */
final class AdamW implements Optimiser {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;

    private final double weightDecay;
    private final NDArray first;
    private final NDArray second;

    /** @param manager owns the moments */
    AdamW(NDManager manager, int parameters, double weightDecay) {
        this.weightDecay = weightDecay;
        this.first = manager.zeros(new Shape(parameters));
        this.second = manager.zeros(new Shape(parameters));
    }

    @Override
    public void update(NDArray vector, NDArray gradient, double learningRate, int step) {
        vector.muli((float) (1 - learningRate * weightDecay));
        vector.subi(direction(gradient, step).muli((float) learningRate));
    }

    /** The step for a learning rate of 1, without decay. */
    NDArray direction(NDArray gradient, int step) {
        first.muli(BETA1).addi(gradient.mul(1 - BETA1));
        second.muli(BETA2).addi(gradient.square().muli(1 - BETA2));
        double firstBias = 1 - Math.pow(BETA1, step);
        double secondBias = 1 - Math.pow(BETA2, step);
        NDArray root = second.div((float) secondBias).sqrt().addi(EPSILON);
        return first.div(root).muli((float) (1 / firstBias));
    }

    @Override
    public List<float[]> state() {
        return List.of(first.toFloatArray(), second.toFloatArray());
    }

    @Override
    public void restore(List<float[]> state) {
        first.set(state.get(0));
        second.set(state.get(1));
    }
}
