package org.ionstream.standalone.simulation;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;

/**
 * One trajectory in a CSV file: a column of times in ms from 0 at equal steps, t_ms or time, and a column per variable. A column
 * {@code id}, as {@code simulate} and {@code watch} write it, must be the same in all rows.
 */
public final class TrajectoryCsv {
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setTrim(true)
            .get();

    private static final List<String> TIMES = List.of("t_ms", "time", "time_ms", "t");
    private static final String ID = "id";

    /** Times written with few digits are still equally spaced. */
    private static final double ROUNDING = 1e-3;

    private TrajectoryCsv() {}

    /** @throws IllegalArgumentException naming the file, the line and the remedy */
    public static Traces read(Path file) {
        try (Reader reader = Files.newBufferedReader(file);
                CSVParser parser =
                        CSVParser.builder().setReader(reader).setFormat(FORMAT).get()) {
            List<String> columns = parser.getHeaderNames();
            String time = columns.stream().filter(TIMES::contains).findFirst().orElse(null);
            List<String> variables = columns.stream()
                    .filter(column -> !column.equals(time) && !column.equals(ID))
                    .toList();
            List<CSVRecord> rows = parser.getRecords();
            if (time == null || variables.isEmpty() || rows.size() < 2) {
                throw new IllegalArgumentException(
                        "%s has the columns %s and %d rows; give t_ms, a column per variable and at least 2 rows"
                                .formatted(file, columns, rows.size()));
            }
            TimeGrid grid = grid(file, rows, time);
            float[][] values = new float[variables.size()][rows.size()];
            for (int row = 0; row < rows.size(); row++) {
                for (int variable = 0; variable < values.length; variable++) {
                    values[variable][row] = (float) number(file, rows.get(row), variables.get(variable));
                }
            }
            return new Traces(grid, variables, values);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read %s: %s".formatted(file, e), e);
        }
    }

    private static TimeGrid grid(Path file, List<CSVRecord> rows, String time) {
        List<Double> times = new ArrayList<>();
        rows.forEach(row -> times.add(number(file, row, time)));
        double step = times.get(times.size() - 1) / (times.size() - 1);
        for (int row = 0; row < times.size(); row++) {
            if (!(Math.abs(times.get(row) - row * step) <= ROUNDING * step)
                    || rows.get(row).isMapped(ID)
                            && !rows.get(row).get(ID).equals(rows.get(0).get(ID))) {
                throw new IllegalArgumentException(
                        "%s, line %d: time %s ms; give one trajectory with times from 0 at equal steps, here of %s ms"
                                .formatted(file, row + 2, times.get(row), step));
            }
        }
        return new TimeGrid(step, times.size());
    }

    private static double number(Path file, CSVRecord row, String column) {
        String text = row.isSet(column) ? row.get(column) : "";
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // as wrong as a number that is not finite
        }
        throw new IllegalArgumentException("%s, line %d: %s is '%s'; write a finite number"
                .formatted(file, row.getRecordNumber() + 1, column, text));
    }
}
