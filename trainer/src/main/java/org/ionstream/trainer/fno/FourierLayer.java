package org.ionstream.trainer.fno;

/** The two Fourier layers of the paper; W and b act on each sample, K is the spectral convolution. */
public enum FourierLayer {
    /** Equation 5: v' = sigma(W v + b + K v). */
    CLASSIC,
    /** Equation 6: v' = sigma(W v + b + MLP(K v)), the MLP with one hidden layer as wide as v. */
    MLP
}
