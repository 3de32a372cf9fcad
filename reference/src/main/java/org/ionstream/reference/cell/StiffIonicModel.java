package org.ionstream.reference.cell;

/**
 * An ionic model whose fastest rates hold an explicit method to tiny steps, always or at times: it brings the linear algebra
 * that an implicit method needs, in whatever form its Jacobian J = df/dy allows.
 */
public interface StiffIonicModel extends IonicModel {

    /** Whether an explicit method would be held to tiny steps even at rest, or only far from it. */
    boolean isStiffAtRest();

    /** Evaluates the right-hand side, and keeps its Jacobian for {@link #factor}. */
    void linearise(double current, double[] state, double[] derivatives);

    /**
     * Factors I - gammaH J.
     *
     * @param gammaH coefficient of the method times step, ms
     * @return false if the matrix is singular or not finite
     */
    boolean factor(double gammaH);

    /** Solves (I - gammaH J) x = b in place. */
    void solve(double[] b);
}
