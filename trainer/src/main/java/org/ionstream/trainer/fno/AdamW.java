package org.ionstream.trainer.fno;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv 1711.05101) on one parameter vector, after clipping
 * the gradient's norm. DJL's own neither clips by norm nor gives its moments back, which an exact resume needs.
 */
final class AdamW {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;

    private final float weightDecay;
    private final float largestNorm;
    private final NDArray first;
    private final NDArray second;

    AdamW(NDManager manager, float[] first, float[] second, double weightDecay, double largestNorm) {
        this.weightDecay = (float) weightDecay;
        this.largestNorm = (float) largestNorm;
        this.first = manager.create(first, new Shape(first.length));
        this.second = manager.create(second, new Shape(second.length));
    }

    /**
     * Updates the vector in place.
     *
     * @param step from 1
     * @return norm of the gradient before clipping
     */
    float update(NDArray vector, NDArray gradient, double learningRate, int step) {
        float norm = gradient.norm().getFloat();
        float scale = norm > largestNorm ? largestNorm / norm : 1;
        NDArray clipped = gradient.mul(scale);
        first.muli(BETA1).addi(clipped.mul(1 - BETA1));
        second.muli(BETA2).addi(clipped.square().muli(1 - BETA2));
        double firstBias = 1 - Math.pow(BETA1, step);
        double secondBias = 1 - Math.pow(BETA2, step);
        NDArray root = second.div((float) secondBias).sqrt().addi(EPSILON);
        vector.muli((float) (1 - learningRate * weightDecay));
        vector.subi(first.div(root).muli((float) (learningRate / firstBias)));
        return norm;
    }

    float[] first() {
        return first.toFloatArray();
    }

    float[] second() {
        return second.toFloatArray();
    }
}
