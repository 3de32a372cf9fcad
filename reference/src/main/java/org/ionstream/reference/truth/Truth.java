package org.ionstream.reference.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.ionstream.reference.cell.FitzHughNagumo1961;
import org.ionstream.reference.cell.HodgkinHuxley1952;
import org.ionstream.reference.cell.IonicModel;
import org.ionstream.reference.cell.OHaraRudy2011;
import org.ionstream.reference.cell.VentricularCell;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.protocol.Stimulus.Segment;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * A trajectory computed independently of this project, in 80-bit arithmetic with relative tolerance 1e-14.
 *
 * @param file its name
 * @param model fhn and hh; hh_d, from another initial state; ord, ord_c, from the state of the authors' code, and ord_a, with
 *     the constants of tau_a as the supplement prints them
 * @param description of the stimulus, for people
 * @param initialState by variable
 * @param segments of constant stimulus
 * @param grid sample times, both ends included
 * @param values by variable, under the catalogue's names
 */
public record Truth(
        String file,
        String model,
        String description,
        Map<String, Double> initialState,
        List<Segment> segments,
        TimeGrid grid,
        Map<String, double[]> values) {
    private static final String MANIFEST = "manifest.json";

    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(MANIFEST));
    }

    /**
     * Those in a folder whose file name starts so, in the manifest's order.
     *
     * @throws IllegalArgumentException if the folder has no manifest
     */
    public static List<Truth> read(Path folder, String start) {
        if (!isIn(folder)) {
            throw new IllegalArgumentException(
                    "no %s in %s; name the folder that has the independent trajectories and their manifest"
                            .formatted(MANIFEST, folder.toAbsolutePath().normalize()));
        }
        return StreamSupport.stream(manifest(folder).get("files").spliterator(), false)
                .filter(entry -> entry.get("file").asText().startsWith(start))
                .map(entry -> of(folder, entry))
                .toList();
    }

    public CellModel cellModel() {
        return switch (model) {
            case "fhn" -> CellModels.FITZHUGH_NAGUMO_1961;
            case "hh", "hh_d" -> CellModels.HODGKIN_HUXLEY_1952;
            case "ord", "ord_c", "ord_a" -> CellModels.OHARA_RUDY_2011;
            default -> throw new IllegalArgumentException("%s is of the unknown model '%s'".formatted(file, model));
        };
    }

    /** A new instance that starts where this trajectory starts, or nothing if this project has other constants. */
    public Optional<IonicModel> equations() {
        return Optional.ofNullable(
                switch (model) {
                    case "fhn" -> new FitzHughNagumo1961();
                    case "hh", "hh_d" ->
                        new HodgkinHuxley1952(
                                HodgkinHuxley1952.PUBLISHED,
                                HodgkinHuxley1952.VARIABLES.stream()
                                        .mapToDouble(initialState::get)
                                        .toArray());
                    case "ord" -> OHaraRudy2011.paced(VentricularCell.ENDOCARDIAL);
                    case "ord_c" -> OHaraRudy2011.unpaced(VentricularCell.ENDOCARDIAL);
                    default -> null;
                });
    }

    private static JsonNode manifest(Path folder) {
        try {
            return new ObjectMapper().readTree(folder.resolve(MANIFEST).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read %s in %s".formatted(MANIFEST, folder), e);
        }
    }

    private static Truth of(Path folder, JsonNode entry) {
        Map<String, Double> initialState = new TreeMap<>();
        entry.get("initial_state")
                .fields()
                .forEachRemaining(field ->
                        initialState.put(field.getKey(), field.getValue().asDouble()));
        String file = entry.get("file").asText();
        return new Truth(
                file,
                entry.get("model").asText(),
                entry.get("description").asText(),
                initialState,
                segments(entry),
                new TimeGrid(entry.get("dt_ms").asDouble(), entry.get("points").asInt()),
                values(folder.resolve(file)));
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
                var reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            String[] names = reader.readLine().split(",");
            List<String[]> rows = reader.lines().map(line -> line.split(",")).toList();
            Map<String, double[]> values = new TreeMap<>();
            for (int column = 1; column < names.length; column++) {
                double[] trace = new double[rows.size()];
                for (int sample = 0; sample < trace.length; sample++) {
                    trace[sample] = Double.parseDouble(rows.get(sample)[column]);
                }
                values.put(OHaraRudyNames.catalogued(names[column]), trace);
            }
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
