package org.ionstream.trainer.fno;

/** The paper's choices of sigma. */
public enum Activation {
    RELU,
    /** Exact, by the error function. */
    GELU,
    TANH,
    /** Slope 0.01 below zero. */
    LEAKY_RELU;

    static final float LEAKY_SLOPE = 0.01f;
}
