package org.ionstream.reference.ode;

/** What a Rosenbrock method asks beyond the right-hand side of y' = f(t, y): linear systems with I - gammaH df/dy. */
public interface StiffSystem extends OdeSystem {

    /** Evaluates f(t, y), and keeps J = df/dy there for {@link #factor}. */
    void linearise(double t, double[] y, double[] yDot);

    /**
     * Adds factor * df/dt at the point of {@link #linearise}; nothing to do for an autonomous system.
     *
     * @param factor in time squared
     * @param sum to add to
     */
    void addTimeDerivative(double factor, double[] sum);

    /** @return false if I - gammaH J is singular or not finite */
    boolean factor(double gammaH);

    /** Solves (I - gammaH J) x = b in place. */
    void solve(double[] b);
}
