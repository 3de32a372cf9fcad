package org.ionstream.producer.file;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVRecord;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.Route;

/**
 * A row: a pulse, or a protocol without pulse, and what it says of its protocol.
 *
 * @param place of the row
 * @param protocol what all rows of a protocol agree on
 * @param pulse empty if onset, duration and amplitude are
 */
record CsvPulse(Place place, Protocol protocol, Optional<Pulse> pulse) {
    static final List<String> REQUIRED = List.of("id", "cell_model", "onset_ms", "duration_ms", "amplitude");
    static final List<String> OPTIONAL = List.of(
            "horizon_ms",
            "output_step_ms",
            "route",
            "relative_l2_wanted",
            "variant",
            "parameters",
            "published_state",
            "initial_state");

    record Protocol(
            String id,
            CellModel cellModel,
            double horizonMs,
            double outputStepMs,
            Route route,
            Double relativeL2Wanted,
            String variant,
            Map<String, Double> parameters,
            String publishedState,
            Map<String, Double> initialState) {}

    static CsvPulse of(CSVRecord row, Place place, ProtocolFile file) {
        try {
            return new CsvPulse(
                    place, protocol(row, file.runPrefix() + "-" + place.line(), file.defaults()), pulse(row));
        } catch (IllegalArgumentException e) {
            throw place.wrong(e.getMessage(), e);
        }
    }

    private static Protocol protocol(CSVRecord row, String generatedId, ProtocolDefaults defaults) {
        CellModel model = defaults.cellModel(text(row, "cell_model"), "cell_model");
        return new Protocol(
                text(row, "id").isEmpty() ? generatedId : text(row, "id"),
                model,
                defaults.horizonMs(given(row, "horizon_ms"), model),
                defaults.outputStepMs(given(row, "output_step_ms"), model),
                route(text(row, "route")),
                given(row, "relative_l2_wanted"),
                text(row, "variant"),
                assignments(row, "parameters"),
                text(row, "published_state"),
                assignments(row, "initial_state"));
    }

    private static Optional<Pulse> pulse(CSVRecord row) {
        if ((text(row, "onset_ms") + text(row, "duration_ms") + text(row, "amplitude")).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Pulse(number(row, "onset_ms"), number(row, "duration_ms"), number(row, "amplitude")));
    }

    private static Route route(String text) {
        return Arrays.stream(Route.values())
                .filter(route ->
                        text.isEmpty() ? route == Route.AUTO : route.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown route '%s'; known are %s".formatted(text, Arrays.toString(Route.values()))));
    }

    /** As in "K_o=8 GKr_scale=0.5". */
    private static Map<String, Double> assignments(CSVRecord row, String column) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (String assignment : text(row, column).split("[;\\s]+")) {
            if (assignment.isEmpty()) {
                continue;
            }
            String[] sides = assignment.split("=", 2);
            if (sides.length < 2 || values.put(sides[0], number(column, sides[1])) != null) {
                throw new IllegalArgumentException(
                        "%s has '%s'; write each name once, as in K_o=8 Na_o=130".formatted(column, assignment));
            }
        }
        return values;
    }

    /** Null if the cell is empty. */
    private static Double given(CSVRecord row, String column) {
        return text(row, column).isEmpty() ? null : Double.valueOf(number(row, column));
    }

    private static double number(CSVRecord row, String column) {
        return number(column, text(row, column));
    }

    private static double number(String column, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s is '%s'; write a number such as 2.5".formatted(column, text), e);
        }
    }

    private static String text(CSVRecord row, String column) {
        return row.isSet(column) ? row.get(column) : "";
    }
}
