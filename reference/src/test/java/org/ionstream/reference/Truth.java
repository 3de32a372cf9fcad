package org.ionstream.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.ionstream.schemas.protocol.Stimulus.Segment;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * A trajectory computed independently of this project, in 80-bit arithmetic with relative tolerance 1e-14.
 *
 * @param file its name
 * @param model short name: fhn, hh, ord
 * @param initialState by variable
 * @param segments of constant stimulus
 * @param grid sample times, both ends included
 * @param values by variable
 */
record Truth(
        String file,
        String model,
        Map<String, Double> initialState,
        List<Segment> segments,
        TimeGrid grid,
        Map<String, double[]> values) {

    private static final Path BUNDLED = Path.of("src/test/resources/truth");
    private static final Path COMPLETE = Path.of("../../shared/truth");

    /** Those in this repository whose file name starts so. */
    static List<Truth> bundled(String start) {
        return read(BUNDLED, start);
    }

    static boolean isCompleteSetThere() {
        return Files.exists(COMPLETE.resolve("manifest.json"));
    }

    /** Those of the complete set whose file name starts so. */
    static List<Truth> complete(String start) {
        return read(COMPLETE, start);
    }

    static JsonNode json(String file) {
        return json(COMPLETE.resolve(file));
    }

    private static List<Truth> read(Path directory, String start) {
        return StreamSupport.stream(
                        json(directory.resolve("manifest.json")).get("files").spliterator(), false)
                .filter(entry -> entry.get("file").asText().startsWith(start))
                .map(entry -> of(directory, entry))
                .toList();
    }

    private static JsonNode json(Path path) {
        try {
            return new ObjectMapper().readTree(path.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Truth of(Path directory, JsonNode entry) {
        Map<String, Double> initialState = new TreeMap<>();
        entry.get("initial_state")
                .fields()
                .forEachRemaining(field ->
                        initialState.put(field.getKey(), field.getValue().asDouble()));
        String file = entry.get("file").asText();
        return new Truth(
                file,
                entry.get("model").asText(),
                initialState,
                segments(entry),
                new TimeGrid(entry.get("dt_ms").asDouble(), entry.get("points").asInt()),
                values(directory.resolve(file)));
    }

    private static List<Segment> segments(JsonNode entry) {
        List<Segment> segments = new ArrayList<>();
        double time = 0;
        double end = entry.get("T_ms").asDouble();
        for (JsonNode pulse : entry.get("stimulus")) {
            double onset = pulse.get("onset_ms").asDouble();
            if (onset > time) {
                segments.add(new Segment(time, onset, 0));
            }
            time = Math.min(end, onset + pulse.get("duration_ms").asDouble());
            segments.add(new Segment(onset, time, pulse.get("amplitude").asDouble()));
        }
        if (time < end) {
            segments.add(new Segment(time, end, 0));
        }
        return segments;
    }

    private static Map<String, double[]> values(Path path) {
        try (var bytes = Files.newInputStream(path);
                var plain = path.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                var reader = new BufferedReader(new InputStreamReader(plain))) {
            String[] names = reader.readLine().split(",");
            List<String[]> rows = reader.lines().map(line -> line.split(",")).toList();
            Map<String, double[]> values = new TreeMap<>();
            for (int column = 1; column < names.length; column++) {
                double[] trace = new double[rows.size()];
                for (int sample = 0; sample < trace.length; sample++) {
                    trace[sample] = Double.parseDouble(rows.get(sample)[column]);
                }
                values.put(names[column], trace);
            }
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
