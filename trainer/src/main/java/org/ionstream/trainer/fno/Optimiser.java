package org.ionstream.trainer.fno;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** Turns gradients into steps of one parameter vector, and can be stopped and brought back bit for bit. */
public interface Optimiser {

    /** Which one, as recipes name it. */
    enum Kind {
        /** {@link AdamW}, the paper's. */
        ADAMW,
        /** {@link Soap}: per step as costly, per error reached a third cheaper on these networks. */
        SOAP
    }

    /**
     * Updates the vector in place.
     *
     * @param gradient of the loss, clipped if need be; the same shape
     * @param step from 1
     */
    void update(NDArray vector, NDArray gradient, double learningRate, int step);

    /** What a later {@link #restore} needs; the order and sizes depend on the network only. */
    List<float[]> state();

    /** @param state of an optimiser of the same kind and network */
    void restore(List<float[]> state);
}
