package org.ionstream.schemas.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.InitialState;
import org.ionstream.schemas.cell.Parameter;
import org.ionstream.schemas.cell.Variant;
import org.ionstream.schemas.cell.Variations;
import org.ionstream.schemas.message.StimulusProtocol;

/**
 * The cell that a checked protocol is for: its variant, parameters and initial state. What the protocol leaves out is as
 * published.
 *
 * @param protocol checked
 * @param cellModel it is for
 */
public record Conditions(StimulusProtocol protocol, CellModel cellModel) {

    /** Of a cell of which nothing is changed. */
    public static Conditions published(CellModel model) {
        return new Conditions(
                StimulusProtocol.newBuilder()
                        .setId("")
                        .setCellModel(model.id())
                        .setPulses(List.of())
                        .setHorizonMs(model.horizonMs())
                        .setOutputStepMs(model.stepMs())
                        .build(),
                model);
    }

    /** Empty if the cell model has none. */
    public String variant() {
        return cellModel
                .variations()
                .variant(protocol.getVariant())
                .map(Variant::name)
                .orElse("");
    }

    /** Every parameter's value by name, in the catalogue's units. */
    public Map<String, Double> parameters() {
        Map<String, Double> values = new HashMap<>();
        cellModel.variations().parameters().forEach(parameter -> values.put(parameter.name(), parameter.published()));
        values.putAll(protocol.getParameters());
        return values;
    }

    /** Every variable's value at t = 0, in its unit. */
    public Map<String, Double> initialState() {
        Map<String, Double> values = new HashMap<>(publishedState().values());
        values.putAll(protocol.getInitialState());
        return values;
    }

    /** Whether this is the cell that surrogates are trained on: variant, parameters and initial state of the catalogue. */
    public boolean arePublished() {
        return departures().isEmpty();
    }

    /** What is otherwise than the catalogue's default, e.g. "K_o = 8.0 mM (published 5.4)". */
    public List<String> departures() {
        List<String> departures = new ArrayList<>();
        Variations variations = cellModel.variations();
        if (!variant().equals(variations.variant("").map(Variant::name).orElse(""))) {
            departures.add("variant " + variant());
        }
        protocol.getParameters().forEach((name, value) -> {
            Parameter parameter = variations.parameter(name).orElseThrow();
            if (value != parameter.published()) {
                departures.add("%s = %s (published %s)"
                        .formatted(name, quantity(value, parameter.unit()), parameter.published()));
            }
        });
        InitialState published = publishedState();
        if (!published.equals(variations.initialState("").orElseThrow())) {
            departures.add("initial state " + published.name());
        }
        protocol.getInitialState().forEach((variable, value) -> {
            double publishedValue = published.values().get(variable);
            if (value != publishedValue) {
                departures.add("%s = %s at t=0 (published %s)".formatted(variable, value, publishedValue));
            }
        });
        return departures;
    }

    /** A value with its unit, if it has one. */
    static String quantity(double value, String unit) {
        return unit.equals("1") ? Double.toString(value) : value + " " + unit;
    }

    private InitialState publishedState() {
        return cellModel
                .variations()
                .initialState(protocol.getPublishedState())
                .orElseThrow(
                        () -> new IllegalStateException("%s has no initial state '%s'; the protocol was not checked"
                                .formatted(cellModel.id(), protocol.getPublishedState())));
    }
}
