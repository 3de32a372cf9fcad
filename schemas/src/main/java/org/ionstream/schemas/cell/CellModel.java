package org.ionstream.schemas.cell;

import java.util.List;
import java.util.Optional;

/**
 * What both sides of the stream must know of a cell model: its variables in wire order and its units. The equations are in
 * the reference module.
 *
 * @param id surname(s) and year, the name on the wire
 * @param title for people
 * @param doi of the paper with the equations
 * @param variables in wire order
 * @param stimulusUnit of pulse amplitudes
 * @param excitability what an action potential is
 * @param horizonMs simulated time in the FNO paper's experiments
 * @param stepMs sampling step of the bundled surrogate, the default output step
 * @param variations what a protocol may change
 */
public record CellModel(
        String id,
        String title,
        String doi,
        List<StateVariable> variables,
        String stimulusUnit,
        Excitability excitability,
        double horizonMs,
        double stepMs,
        Variations variations) {
    public CellModel {
        variables = List.copyOf(variables);
    }

    public List<String> variableNames() {
        return variables.stream().map(StateVariable::name).toList();
    }

    public Optional<StateVariable> variable(String name) {
        return variables.stream()
                .filter(variable -> variable.name().equals(name))
                .findFirst();
    }
}
