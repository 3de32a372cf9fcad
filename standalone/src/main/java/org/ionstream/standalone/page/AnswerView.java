package org.ionstream.standalone.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.Trajectory;
import org.ionstream.schemas.wire.Traces;

/** An answered protocol as the page wants it: everything but the trajectories as JSON, these as plain float32. */
final class AnswerView {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AnswerView() {}

    /** What a list shows of it. */
    static Map<String, Object> line(Answered answered) {
        Prediction prediction = answered.prediction();
        return Map.of(
                "id", prediction.getId(),
                "cellModel", prediction.getCellModel(),
                "source", prediction.getSource().name(),
                "reason", prediction.getReason().name(),
                "latencyMs", prediction.getAnsweredAtMs() - prediction.getPublishedAtMs(),
                "audited", answered.reference() != null);
    }

    static Map<String, Object> of(Answered answered) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("protocol", answered.protocol() == null ? null : json(answered.protocol()));
        if (answered.prediction() != null) {
            view.put("prediction", prediction(answered.prediction()));
        }
        if (answered.reference() != null) {
            view.put("reference", reference(answered.reference()));
        }
        return view;
    }

    /** Shape [variable][sample], little-endian. */
    static byte[] floats(Trajectory trajectory) {
        float[][] values = Traces.of(trajectory).values();
        ByteBuffer bytes =
                ByteBuffer.allocate(4 * values.length * values[0].length).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : values) {
            bytes.asFloatBuffer().put(row);
            bytes.position(bytes.position() + 4 * row.length);
        }
        return bytes.array();
    }

    /** As Avro writes it: fields named as in the schema. */
    static JsonNode json(SpecificRecord message) {
        try {
            return message == null ? null : JSON.readTree(message.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro wrote no JSON: " + message, e);
        }
    }

    private static Map<String, Object> prediction(Prediction prediction) {
        Map<String, Object> view = new LinkedHashMap<>(line(new Answered(null, prediction, null)));
        view.put("outcome", prediction.getOutcome().name());
        view.put("detail", prediction.getDetail());
        view.put("modelId", prediction.getModelId());
        view.put("computeMicros", prediction.getComputeMicros());
        view.put("trust", json(prediction.getTrust()));
        view.put("biomarkers", json(prediction.getBiomarkers()));
        view.put("grid", grid(prediction.getTrajectory()));
        return view;
    }

    private static Map<String, Object> reference(ReferenceSolution reference) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("outcome", reference.getOutcome().name());
        view.put("detail", reference.getDetail());
        view.put("solver", json(reference.getSolver()));
        view.put("biomarkers", json(reference.getBiomarkers()));
        view.put("grid", grid(reference.getTrajectory()));
        return view;
    }

    private static Map<String, Object> grid(Trajectory trajectory) {
        return trajectory == null
                ? null
                : Map.of(
                        "stepMs",
                        trajectory.getStepMs(),
                        "samples",
                        trajectory.getSamples(),
                        "variables",
                        List.copyOf(trajectory.getVariables()));
    }
}
