package org.ionstream.schemas.cell;

import java.util.Map;

/**
 * A published initial state.
 *
 * @param name on the wire
 * @param source where it is published
 * @param values of every variable, in its unit
 */
public record InitialState(String name, String source, Map<String, Double> values) {
    public InitialState {
        values = Map.copyOf(values);
    }
}
