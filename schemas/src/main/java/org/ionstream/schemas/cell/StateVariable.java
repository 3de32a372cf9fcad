package org.ionstream.schemas.cell;

/**
 * One state variable of a cell model.
 *
 * @param name as in the paper and on the wire
 * @param unit of its values; "1" if dimensionless
 * @param lowest below this a prediction is unphysical
 * @param highest above this a prediction is unphysical
 * @param excursion size of its change during an action potential, the scale of relative errors
 * @param lowestInitial least value a protocol may start from; no error of a surrogate is allowed for here
 * @param highestInitial greatest value a protocol may start from
 */
public record StateVariable(
        String name,
        String unit,
        double lowest,
        double highest,
        double excursion,
        double lowestInitial,
        double highestInitial) {
    public StateVariable {
        if (!(lowest < highest) || !(excursion > 0) || !(lowest <= lowestInitial && highestInitial <= highest)) {
            throw new IllegalArgumentException("variable %s: bounds [%s, %s], initial [%s, %s], excursion %s"
                    .formatted(name, lowest, highest, lowestInitial, highestInitial, excursion));
        }
    }

    /** May start anywhere within its bounds. */
    public StateVariable(String name, String unit, double lowest, double highest, double excursion) {
        this(name, unit, lowest, highest, excursion, lowest, highest);
    }

    /** A gating variable: a probability, given some room for the surrogate's error. */
    static StateVariable gate(String name) {
        return new StateVariable(name, "1", -0.5, 1.5, 1, 0, 1);
    }

    /** A concentration, which must not start from zero: the equations have its logarithm and its reciprocal. */
    static StateVariable concentration(String name, double highestMm, double excursionMm) {
        return new StateVariable(name, "mM", -highestMm / 10, highestMm, excursionMm, highestMm / 1e6, highestMm);
    }

    public boolean contains(double value) {
        return value >= lowest && value <= highest;
    }

    /** Whether a protocol may start from this value. */
    public boolean startsAt(double value) {
        return value >= lowestInitial && value <= highestInitial;
    }
}
