package org.ionstream.surrogate.fno;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * What a model says of itself, carried as JSON in the ONNX metadata so that the file is useful outside this project.
 *
 * <p>The graph has one input {@code current}, float32 [batch, samples], mean stimulus over each grid cell [t_i, t_i + step)
 * in the cell model's unit, and one output {@code trajectory}, float32 [batch, variable, sample] in physical units.
 *
 * @param modelId unique name of this version
 * @param cellModel catalogue id
 * @param variables in output order
 * @param units one per variable
 * @param stimulusUnit of the input
 * @param stepMs of the grid
 * @param samples of the grid
 * @param expectedRelativeL2 median over held-out protocols, of the excursion from the initial state
 * @param recipe architecture and training settings, JSON
 * @param provenance where training data came from, JSON
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ModelCard(
        String modelId,
        String cellModel,
        List<String> variables,
        List<String> units,
        String stimulusUnit,
        double stepMs,
        int samples,
        double expectedRelativeL2,
        String recipe,
        String provenance) {
    /** Key in the ONNX metadata. */
    public static final String METADATA_KEY = "ionstream.card";

    public static final String INPUT = "current";
    public static final String OUTPUT = "trajectory";

    private static final ObjectMapper JSON = new ObjectMapper();

    public ModelCard {
        variables = List.copyOf(variables);
        units = List.copyOf(units);
        new TimeGrid(stepMs, samples);
        if (units.size() != variables.size()) {
            throw new IllegalArgumentException("%d units for %d variables in the card of model %s"
                    .formatted(units.size(), variables.size(), modelId));
        }
    }

    public TimeGrid grid() {
        return new TimeGrid(stepMs, samples);
    }

    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalArgumentException if this is not a model card */
    public static ModelCard fromJson(String json) {
        try {
            return JSON.readValue(json, ModelCard.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a model card: " + e.getOriginalMessage(), e);
        }
    }
}
