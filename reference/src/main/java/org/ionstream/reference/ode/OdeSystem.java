package org.ionstream.reference.ode;

/** The equations y' = f(t, y). */
public interface OdeSystem {
    int dimension();

    void derivatives(double t, double[] y, double[] yDot);
}
