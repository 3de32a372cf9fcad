package org.ionstream.schemas.cell;

/**
 * A number in a cell model's equations that a protocol may change.
 *
 * @param name as in the paper and on the wire; one that ends in _scale multiplies the published conductance, permeability or
 *     flux
 * @param unit of its values; "1" if dimensionless
 * @param published value
 * @param lowest allowed
 * @param highest allowed
 * @param meaning in a few words
 */
public record Parameter(String name, String unit, double published, double lowest, double highest, String meaning) {
    public Parameter {
        if (!(lowest <= published && published <= highest) || lowest == highest) {
            throw new IllegalArgumentException(
                    "parameter %s: published %s, bounds [%s, %s]".formatted(name, published, lowest, highest));
        }
    }

    /** A factor on something published. */
    static Parameter scale(String name, String meaning) {
        return new Parameter(name, "1", 1, 0, 10, meaning);
    }

    public boolean allows(double value) {
        return value >= lowest && value <= highest;
    }
}
