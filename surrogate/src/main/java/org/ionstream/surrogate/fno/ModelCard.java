package org.ionstream.surrogate.fno;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * What a model says of itself, carried as JSON in the ONNX metadata so that the file is useful outside this project, and what
 * a file from outside must have to be served here:
 *
 * <ul>
 *   <li>One input {@code current}, float32 [batch, samples] with a dynamic batch: the mean stimulus over each grid cell [t_i,
 *       t_i + step), t_i = i step, in the cell model's unit.
 *   <li>One output {@code trajectory}, float32 [batch, variables, samples]: the state at t_i, every variable of the cell model
 *       in catalogue order and in physical units. Normalisation is inside the graph.
 *   <li>The horizon, samples times step, is at least the cell model's.
 *   <li>One metadata entry {@value #METADATA_KEY} with the fields below as a JSON object. {@code ionstream cells ID} prints
 *       names, order and units.
 *   <li>At most {@value OnnxModelFile#LARGEST_BYTES} bytes with all weights inside, and only operators that {@link GraphCheck}
 *       allows, of ONNX's own domain: no control flow, no functions, no other files. Opset 17, IR version 8 is what is tested.
 *   <li>What one protocol gets depends on no other of its batch, and is finite.
 * </ul>
 *
 * @param modelId unique name of this version
 * @param cellModel catalogue id
 * @param variables in output order
 * @param units one per variable
 * @param stimulusUnit of the input
 * @param stepMs of the grid
 * @param samples of the grid
 * @param expectedRelativeL2 median over held-out protocols, of the excursion from the initial state; above 0. Measured anew
 *     when a file from outside is registered
 * @param recipe architecture and training settings, JSON; of a file from outside any text
 * @param provenance where training data came from, JSON; of a file from outside any text
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
        if (variables == null || units == null) {
            throw new IllegalArgumentException(
                    "the card of model %s lacks variables or units; name all of the cell model's".formatted(modelId));
        }
        variables = List.copyOf(variables);
        units = List.copyOf(units);
        new TimeGrid(stepMs, samples);
        if (units.size() != variables.size()) {
            throw new IllegalArgumentException("%d units for %d variables in the card of model %s"
                    .formatted(units.size(), variables.size(), modelId));
        }
    }

    ModelCard withExpectedRelativeL2(double expected) {
        return new ModelCard(
                modelId, cellModel, variables, units, stimulusUnit, stepMs, samples, expected, recipe, provenance);
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
