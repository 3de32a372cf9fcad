package org.ionstream.producer.watch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.ionstream.schemas.biomarker.BeatBiomarker;
import org.ionstream.schemas.biomarker.TrajectoryBiomarker;
import org.ionstream.schemas.message.Beat;
import org.ionstream.schemas.message.BiomarkerDifference;
import org.ionstream.schemas.message.Biomarkers;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.Trajectory;
import org.ionstream.schemas.message.Trust;
import org.ionstream.schemas.message.VariableDiscrepancy;
import org.ionstream.schemas.wire.Traces;

/**
 * A JSON object per result. Fields are named as in the Avro schemas; the field {@code type} is prediction or discrepancy, and
 * the trajectory is unpacked: {@code {"stepMs":1.0,"values":{"V":[...]}}}.
 */
public final class JsonLinesPrinter implements ResultPrinter {
    private static final JsonFactory JSON = new JsonFactory();

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private final PrintStream out;
    private final List<String> wanted;

    /** @param wanted variables, as far as a result has them; empty: all */
    public JsonLinesPrinter(PrintStream out, List<String> wanted) {
        this.out = out;
        this.wanted = List.copyOf(wanted);
    }

    @Override
    public void print(Prediction prediction) {
        object(json -> {
            json.writeStringField("type", "prediction");
            json.writeStringField("id", prediction.getId());
            json.writeStringField("cellModel", prediction.getCellModel());
            json.writeStringField("source", prediction.getSource().name());
            json.writeStringField("reason", prediction.getReason().name());
            json.writeStringField("outcome", prediction.getOutcome().name());
            json.writeStringField("detail", prediction.getDetail());
            json.writeStringField("modelId", prediction.getModelId());
            json.writeStringField("modelSha256", prediction.getModelSha256());
            number(json, "expectedRelativeL2", prediction.getExpectedRelativeL2());
            if (prediction.getTrust() == null) {
                json.writeNullField("trust");
            } else {
                trust(json, prediction.getTrust(), prediction.getTrajectory());
            }
            json.writeNumberField("publishedAtMs", prediction.getPublishedAtMs());
            json.writeNumberField("answeredAtMs", prediction.getAnsweredAtMs());
            json.writeNumberField("computeMicros", prediction.getComputeMicros());
            if (prediction.getTrajectory() == null) {
                json.writeNullField("trajectory");
            } else {
                trajectory(json, prediction.getTrajectory());
            }
            if (prediction.getBiomarkers() == null) {
                json.writeNullField("biomarkers");
            } else {
                biomarkers(json, prediction.getBiomarkers());
            }
        });
    }

    @Override
    public void print(Discrepancy discrepancy) {
        object(json -> {
            json.writeStringField("type", "discrepancy");
            json.writeStringField("id", discrepancy.getId());
            json.writeStringField("cellModel", discrepancy.getCellModel());
            json.writeStringField("modelId", discrepancy.getModelId());
            json.writeStringField("status", discrepancy.getStatus().name());
            json.writeStringField("source", discrepancy.getSource().name());
            json.writeStringField("reason", discrepancy.getReason().name());
            json.writeStringField("detail", discrepancy.getDetail());
            number(json, "relativeL2", discrepancy.getRelativeL2());
            number(json, "expectedRelativeL2", discrepancy.getExpectedRelativeL2());
            number(json, "relativeL2Bound", discrepancy.getRelativeL2Bound());
            json.writeNumberField("publishedAtMs", discrepancy.getPublishedAtMs());
            json.writeArrayFieldStart("variables");
            for (VariableDiscrepancy variable : discrepancy.getVariables()) {
                if (wanted.isEmpty() || wanted.contains(variable.getVariable())) {
                    variable(json, variable);
                }
            }
            json.writeEndArray();
            json.writeArrayFieldStart("biomarkers");
            for (BiomarkerDifference biomarker : discrepancy.getBiomarkers()) {
                difference(json, biomarker);
            }
            json.writeEndArray();
        });
    }

    /** Radii by variable, as far as they are wanted and there is a trajectory that they are of. */
    private void trust(JsonGenerator json, Trust trust, Trajectory trajectory) throws IOException {
        json.writeObjectFieldStart("trust");
        json.writeNumberField("coverage", trust.getCoverage());
        json.writeNumberField("expectedRelativeL2", trust.getExpectedRelativeL2());
        json.writeNumberField("relativeL2Bound", trust.getRelativeL2Bound());
        json.writeObjectFieldStart("bandRadii");
        List<String> variables = trajectory == null ? List.of() : trajectory.getVariables();
        for (int row = 0; row < Math.min(variables.size(), trust.getBandRadii().size()); row++) {
            if (wanted.isEmpty() || wanted.contains(variables.get(row))) {
                json.writeNumberField(variables.get(row), trust.getBandRadii().get(row));
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void trajectory(JsonGenerator json, Trajectory message) throws IOException {
        Traces traces = Traces.of(message);
        json.writeObjectFieldStart("trajectory");
        json.writeNumberField("stepMs", message.getStepMs());
        json.writeObjectFieldStart("values");
        for (String variable : traces.variables()) {
            if (wanted.isEmpty() || wanted.contains(variable)) {
                json.writeArrayFieldStart(variable);
                for (float value : traces.of(variable)) {
                    json.writeNumber(value);
                }
                json.writeEndArray();
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void biomarkers(JsonGenerator json, Biomarkers biomarkers) throws IOException {
        json.writeObjectFieldStart("biomarkers");
        json.writeNumberField("stepMs", biomarkers.getStepMs());
        for (TrajectoryBiomarker biomarker : TrajectoryBiomarker.values()) {
            number(json, biomarker.fieldName(), biomarker.of(biomarkers));
        }
        json.writeArrayFieldStart("beats");
        for (Beat beat : biomarkers.getBeats()) {
            json.writeStartObject();
            json.writeNumberField("onsetMs", beat.getOnsetMs());
            json.writeBooleanField("stimulated", beat.getStimulated());
            json.writeBooleanField("captured", beat.getCaptured());
            for (BeatBiomarker biomarker : BeatBiomarker.values()) {
                number(json, biomarker.fieldName(), biomarker.of(beat));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void object(Fields fields) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println(line);
    }

    private static void variable(JsonGenerator json, VariableDiscrepancy variable) throws IOException {
        json.writeStartObject();
        json.writeStringField("variable", variable.getVariable());
        json.writeNumberField("relativeL1", variable.getRelativeL1());
        json.writeNumberField("relativeL2", variable.getRelativeL2());
        json.writeNumberField("relativeH1", variable.getRelativeH1());
        json.writeNumberField("largestDifference", variable.getLargestDifference());
        if (variable.getCovered() == null) {
            json.writeNullField("covered");
        } else {
            json.writeBooleanField("covered", variable.getCovered());
        }
        json.writeEndObject();
    }

    private static void difference(JsonGenerator json, BiomarkerDifference biomarker) throws IOException {
        json.writeStartObject();
        json.writeStringField("biomarker", biomarker.getBiomarker());
        number(json, "beatOnsetMs", biomarker.getBeatOnsetMs());
        number(json, "prediction", biomarker.getPrediction());
        number(json, "reference", biomarker.getReference());
        number(json, "difference", biomarker.getDifference());
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String field, Double value) throws IOException {
        if (value == null) {
            json.writeNullField(field);
        } else {
            json.writeNumberField(field, value);
        }
    }
}
