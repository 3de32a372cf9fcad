package org.ionstream.standalone.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ionstream.schemas.biomarker.BeatBiomarker;
import org.ionstream.schemas.biomarker.TrajectoryBiomarker;
import org.ionstream.schemas.message.Beat;
import org.ionstream.schemas.message.Biomarkers;

/**
 * The biomarkers of one trajectory to be printed. Names and units are those of the schema, null is what is not there.
 *
 * @param id of the protocol, or of the file
 * @param source who computed the trajectory
 */
public record BiomarkerReport(String id, String source, Biomarkers biomarkers) {
    /** Columns of {@link #csvRows}. */
    public static final List<String> CSV_HEADER = Stream.concat(
                    Stream.of("id", "source", "onsetMs", "stimulated", "captured"),
                    Stream.of(BeatBiomarker.values()).map(BeatBiomarker::fieldName))
            .toList();

    private static final JsonMapper JSON = new JsonMapper();

    /** Beats that stand side by side on a screen. */
    private static final int MOST_SHOWN = 6;

    /** A column per beat, the last ones of many. */
    public void print(PrintStream out) {
        List<Beat> all = biomarkers.getBeats();
        List<Beat> shown = all.subList(Math.max(0, all.size() - MOST_SHOWN), all.size());
        out.printf("%s by %s%n", id, source);
        for (TrajectoryBiomarker biomarker : TrajectoryBiomarker.values()) {
            out.printf("  %-32s%s%n", biomarker.fieldName(), cell(biomarker.of(biomarkers)));
        }
        out.printf("  %-32s%s%n", "beat at ms", cells(shown.stream().map(Beat::getOnsetMs)));
        for (BeatBiomarker biomarker : BeatBiomarker.values()) {
            String cells =
                    shown.stream().map(biomarker::of).map(BiomarkerReport::cell).collect(Collectors.joining());
            out.printf("  %-32s%s%n", biomarker.fieldName(), cells);
        }
    }

    /** A row per beat. */
    public List<List<Object>> csvRows() {
        return biomarkers.getBeats().stream()
                .map(beat -> Stream.concat(
                                Stream.<Object>of(
                                        id, source, beat.getOnsetMs(), beat.getStimulated(), beat.getCaptured()),
                                Stream.of(BeatBiomarker.values()).map(biomarker -> (Object) biomarker.of(beat)))
                        .collect(Collectors.toList()))
                .toList();
    }

    public String json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("source", source);
        for (TrajectoryBiomarker biomarker : TrajectoryBiomarker.values()) {
            fields.put(biomarker.fieldName(), biomarker.of(biomarkers));
        }
        fields.put(
                "beats",
                biomarkers.getBeats().stream().map(BiomarkerReport::fields).toList());
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write the biomarkers of %s as JSON".formatted(id), e);
        }
    }

    private static Map<String, Object> fields(Beat beat) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("onsetMs", beat.getOnsetMs());
        fields.put("stimulated", beat.getStimulated());
        fields.put("captured", beat.getCaptured());
        for (BeatBiomarker biomarker : BeatBiomarker.values()) {
            fields.put(biomarker.fieldName(), biomarker.of(beat));
        }
        return fields;
    }

    private static String cells(Stream<Double> values) {
        return values.map(BiomarkerReport::cell).collect(Collectors.joining());
    }

    private static String cell(Double value) {
        return value == null ? "%12s".formatted("-") : String.format(Locale.ROOT, "%12.5g", value);
    }
}
