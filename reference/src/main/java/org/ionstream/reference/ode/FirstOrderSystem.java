package org.ionstream.reference.ode;

/** y' = f(t, y). */
public interface FirstOrderSystem {
    int dimension();

    /**
     * @param y read only
     * @param yDot receives f(t, y)
     */
    void derivatives(double t, double[] y, double[] yDot);
}
