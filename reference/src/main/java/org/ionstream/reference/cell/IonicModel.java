package org.ionstream.reference.cell;

import java.util.List;

/**
 * The equations of an ionic cell model, y' = f(I, y), for a stimulus current I that is constant for a while. Time is in ms;
 * I is positive when it depolarises, in the unit the model's own documentation names.
 *
 * <p>An instance may keep work arrays: one solve, one instance, one thread.
 */
public interface IonicModel {

    /** Names of the state variables, in the order of every array here. */
    List<String> variables();

    /** A fresh array: the state at t = 0. */
    double[] initialState();

    /**
     * A fresh array: the size below which a change of each variable no longer matters, in its unit. Absolute tolerances are
     * proportional to it.
     */
    double[] scales();

    /**
     * Evaluates the right-hand side.
     *
     * @param current I, the stimulus
     * @param state y, read only
     * @param derivatives receives dy/dt, per ms
     */
    void derivatives(double current, double[] state, double[] derivatives);

    /** A copy. */
    static double[] checked(double[] initialState, List<String> variables) {
        if (initialState.length != variables.size()) {
            throw new IllegalArgumentException("initial state of %d values; the model has %d: %s"
                    .formatted(initialState.length, variables.size(), variables));
        }
        return initialState.clone();
    }

    default int dimension() {
        return variables().size();
    }
}
