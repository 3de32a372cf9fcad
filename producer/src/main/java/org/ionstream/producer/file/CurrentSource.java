package org.ionstream.producer.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.SampledCurrent;
import org.ionstream.schemas.message.StimulusProtocol;

/**
 * One protocol from a measured or computed current: rows of a time in ms and the current, which holds until the next row's
 * time. The last row holds as long as the one before; before the first one there is no current.
 */
final class CurrentSource implements ProtocolSource {
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setTrim(true).setIgnoreEmptyLines(true).get();

    /** Times written with a few digits are still equally spaced. */
    private static final double ROUNDING = 1e-6;

    private final ProtocolFile file;
    private final CSVParser parser;
    private boolean read;

    CurrentSource(ProtocolFile file, BufferedReader reader) throws IOException {
        this.file = file;
        this.parser = CSVParser.builder().setReader(reader).setFormat(FORMAT).get();
    }

    @Override
    public boolean hasNext() {
        return !read;
    }

    @Override
    public StimulusProtocol next() {
        if (read) {
            throw new NoSuchElementException("%s is one protocol".formatted(file.shownName()));
        }
        read = true;
        List<Double> times = new ArrayList<>();
        List<Double> currents = new ArrayList<>();
        for (CSVRecord row : parser) {
            if (row.getRecordNumber() > 1) {
                times.add(number(row, 0));
                currents.add(number(row, 1));
                checkOrder(times);
            }
        }
        if (times.size() < 2) {
            throw file.line(1).wrong("%d rows of a time and a current; write at least 2".formatted(times.size()));
        }
        try {
            String id = file.runPrefix() + "-1";
            return file.checked(protocol(id, times, currents), file.line(1));
        } catch (IllegalArgumentException e) {
            throw file.line(1).wrong(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        file.close(parser);
    }

    private StimulusProtocol protocol(String id, List<Double> times, List<Double> currents) {
        double stepMs = (times.get(times.size() - 1) - times.get(0)) / (times.size() - 1);
        boolean sampled = times.get(0) == 0
                && IntStream.range(0, times.size())
                        .allMatch(row -> Math.abs(times.get(row) - row * stepMs) <= ROUNDING * stepMs);
        if (sampled) {
            List<Float> values = currents.stream().map(Double::floatValue).toList();
            return StimulusProtocol.newBuilder(file.defaults().protocol(id, List.of()))
                    .setSampledCurrent(new SampledCurrent(stepMs, values))
                    .build();
        }
        return file.defaults().protocol(id, pulses(times, currents));
    }

    private static List<Pulse> pulses(List<Double> times, List<Double> currents) {
        List<Pulse> pulses = new ArrayList<>();
        int last = times.size() - 1;
        for (int row = 0; row <= last; row++) {
            double lengthMs = times.get(Math.min(row + 1, last)) - times.get(Math.min(row, last - 1));
            if (currents.get(row) != 0) {
                pulses.add(new Pulse(times.get(row), lengthMs, currents.get(row)));
            }
        }
        return pulses;
    }

    private void checkOrder(List<Double> times) {
        int last = times.size() - 1;
        if (last > 0 && !(times.get(last) > times.get(last - 1))) {
            throw file.line(parser.getCurrentLineNumber())
                    .wrong("column 1: time %s after %s; order the rows, each time once"
                            .formatted(times.get(last), times.get(last - 1)));
        }
    }

    private double number(CSVRecord row, int cell) {
        Place place = file.line(parser.getCurrentLineNumber());
        if (row.size() != 2) {
            throw place.wrong("%d cells; write a time and a current".formatted(row.size()));
        }
        try {
            return Double.parseDouble(row.get(cell));
        } catch (NumberFormatException e) {
            throw place.wrong(
                    "column %d: '%s' is no number; write one such as 2.5"
                            .formatted(cell == 0 ? 1 : row.get(0).length() + 2, row.get(cell)),
                    e);
        }
    }
}
