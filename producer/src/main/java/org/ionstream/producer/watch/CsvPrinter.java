package org.ionstream.producer.watch;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.wire.Traces;

/**
 * Trajectories as CSV: a row per sample, the columns id, t_ms and the variables. A prediction without trajectory is one row
 * with nothing but its id; a variable that a trajectory does not have is an empty cell.
 */
public final class CsvPrinter implements ResultPrinter {
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();
    /** A time is a product sample * step; the digits of its rounding error are of no use. */
    private static final MathContext TIME_DIGITS = new MathContext(12);

    private final PrintStream out;
    private List<String> columns;

    /** @param wanted variables; empty: those of the first prediction */
    public CsvPrinter(PrintStream out, List<String> wanted) {
        this.out = out;
        if (!wanted.isEmpty()) {
            writeHeader(wanted);
        }
    }

    @Override
    public void print(Prediction prediction) {
        if (columns == null) {
            writeHeader(variables(prediction));
        }
        if (prediction.getTrajectory() == null) {
            row(Stream.concat(
                    Stream.of(prediction.getId(), ""), columns.stream().map(variable -> "")));
            return;
        }
        Traces traces = Traces.of(prediction.getTrajectory());
        List<float[]> wanted = columns.stream()
                .map(variable -> traces.variables().contains(variable) ? traces.of(variable) : null)
                .toList();
        for (int i = 0; i < traces.grid().samples(); i++) {
            List<Object> cells = new ArrayList<>();
            cells.add(prediction.getId());
            cells.add(timeMs(traces.grid().timeMs(i)));
            for (float[] values : wanted) {
                cells.add(values == null ? "" : values[i]);
            }
            row(cells.stream());
        }
    }

    /** @throws IllegalArgumentException always: a discrepancy has no trajectory */
    @Override
    public void print(Discrepancy discrepancy) {
        throw new IllegalArgumentException(
                "discrepancy '%s' is no trajectory, CSV has no columns for it; choose a table or JSON lines"
                        .formatted(discrepancy.getId()));
    }

    private void writeHeader(List<String> variables) {
        columns = List.copyOf(variables);
        row(Stream.concat(Stream.of("id", "t_ms"), columns.stream()));
    }

    private void row(Stream<?> cells) {
        try {
            FORMAT.printRecord(out, cells.toArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> variables(Prediction prediction) {
        return prediction.getTrajectory() == null
                ? CellModels.byId(prediction.getCellModel()).variableNames()
                : prediction.getTrajectory().getVariables();
    }

    private static String timeMs(double value) {
        return new BigDecimal(value).round(TIME_DIGITS).stripTrailingZeros().toPlainString();
    }
}
