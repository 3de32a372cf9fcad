package org.ionstream.schemas.cell;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a protocol may change of a cell model.
 *
 * @param parameters with their published values
 * @param variants the first is the default; empty if there is but one kind of cell
 * @param initialStates the first is the default; at least one for a model that can be solved
 */
public record Variations(List<Parameter> parameters, List<Variant> variants, List<InitialState> initialStates) {
    /** Of a cell model about which nothing is known. */
    public static final Variations NONE = new Variations(List.of(), List.of(), List.of());

    public Variations {
        parameters = List.copyOf(parameters);
        variants = List.copyOf(variants);
        initialStates = List.copyOf(initialStates);
    }

    public Optional<Parameter> parameter(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst();
    }

    /** @param name empty: the default */
    public Optional<Variant> variant(String name) {
        return variants.stream()
                .filter(variant -> name.isEmpty() || variant.name().equals(name))
                .findFirst();
    }

    /** @param name empty: the default */
    public Optional<InitialState> initialState(String name) {
        return initialStates.stream()
                .filter(state -> name.isEmpty() || state.name().equals(name))
                .findFirst();
    }

    public String parameterNames() {
        return parameters.stream().map(Parameter::name).collect(Collectors.joining(", "));
    }

    public String variantNames() {
        return variants.isEmpty()
                ? "none"
                : variants.stream().map(Variant::name).collect(Collectors.joining(", "));
    }

    public String initialStateNames() {
        return initialStates.stream().map(InitialState::name).collect(Collectors.joining(", "));
    }
}
