package org.ionstream.schemas.cell;

/**
 * One state variable of a cell model.
 *
 * @param name as in the paper and on the wire
 * @param unit of its values; "1" if dimensionless
 * @param lowest below this a prediction is unphysical
 * @param highest above this a prediction is unphysical
 * @param excursion size of its change during an action potential, the scale of relative errors
 */
public record StateVariable(String name, String unit, double lowest, double highest, double excursion) {
    public StateVariable {
        if (!(lowest < highest) || !(excursion > 0)) {
            throw new IllegalArgumentException(
                    "variable %s: bounds [%s, %s], excursion %s".formatted(name, lowest, highest, excursion));
        }
    }

    /** A gating variable: a probability, given some room for the surrogate's error. */
    static StateVariable gate(String name) {
        return new StateVariable(name, "1", -0.5, 1.5, 1);
    }

    public boolean contains(double value) {
        return value >= lowest && value <= highest;
    }
}
