package org.ionstream.producer.file;

import java.util.List;
import java.util.Map;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.Route;
import org.ionstream.schemas.message.SampledCurrent;
import org.ionstream.schemas.message.StimulusProtocol;

/**
 * A stimulus protocol as written in a JSON line. Null is what was left out: the id is then generated, cell model, horizon and output
 * step are the defaults, a pulse starts at 0, and the rest has the defaults of the schema.
 */
record JsonProtocol(
        String id,
        String cellModel,
        List<JsonPulse> pulses,
        JsonSampledCurrent sampledCurrent,
        Double horizonMs,
        Double outputStepMs,
        List<String> variables,
        boolean biomarkersOnly,
        Route route,
        Double relativeL2Wanted,
        Map<String, String> tags,
        String variant,
        Map<String, Double> parameters,
        String publishedState,
        Map<String, Double> initialState) {

    record JsonPulse(Double onsetMs, Double durationMs, Double amplitude) {
        Pulse toMessage() {
            return new Pulse(
                    onsetMs == null ? 0.0 : onsetMs,
                    given(durationMs, "durationMs of a pulse"),
                    given(amplitude, "amplitude of a pulse"));
        }
    }

    record JsonSampledCurrent(Double stepMs, List<Float> values) {
        SampledCurrent toMessage() {
            return new SampledCurrent(
                    given(stepMs, "stepMs of sampledCurrent"), given(values, "values of sampledCurrent"));
        }
    }

    /** @throws IllegalArgumentException naming the missing field or the unknown cell model */
    StimulusProtocol toMessage(String generatedId, ProtocolDefaults defaults) {
        CellModel model = defaults.cellModel(cellModel, "cellModel");
        return StimulusProtocol.newBuilder()
                .setId(id == null ? generatedId : id)
                .setCellModel(model.id())
                .setPulses(
                        pulses == null
                                ? List.of()
                                : pulses.stream().map(JsonPulse::toMessage).toList())
                .setSampledCurrent(sampledCurrent == null ? null : sampledCurrent.toMessage())
                .setHorizonMs(defaults.horizonMs(horizonMs, model))
                .setOutputStepMs(defaults.outputStepMs(outputStepMs, model))
                .setVariables(variables == null ? List.of() : variables)
                .setBiomarkersOnly(biomarkersOnly)
                .setRoute(route == null ? Route.AUTO : route)
                .setRelativeL2Wanted(relativeL2Wanted)
                .setTags(tags == null ? Map.of() : tags)
                .setVariant(variant == null ? "" : variant)
                .setParameters(parameters == null ? Map.of() : parameters)
                .setPublishedState(publishedState == null ? "" : publishedState)
                .setInitialState(initialState == null ? Map.of() : initialState)
                .build();
    }

    private static <T> T given(T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException("%s is missing; add it".formatted(field));
        }
        return value;
    }
}
