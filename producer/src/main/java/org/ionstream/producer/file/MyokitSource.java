package org.ionstream.producer.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.producer.pacing.PacingEvent;
import org.ionstream.producer.pacing.PulseTimeline;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.StimulusProtocol;

/**
 * Each section {@code [[protocol]]} is a protocol, its lines are events: level, start, length, period, multiplier. Other
 * sections, such as a model's, are passed over; {@code next} as a start is the end of the event above.
 */
final class MyokitSource implements ProtocolSource {
    private static final String PROTOCOL = "[[protocol]]";
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final List<String> COLUMNS = List.of("level", "start", "length", "period", "multiplier");

    private final ProtocolFile file;
    private final BufferedReader reader;
    private String line;
    private long lineNumber;

    MyokitSource(ProtocolFile file, BufferedReader reader) {
        this.file = file;
        this.reader = reader;
        advance();
        if (line != null && !isSection()) {
            throw file.line(lineNumber).wrong("'%s' is in no section; write %s above it".formatted(line, PROTOCOL));
        }
    }

    @Override
    public boolean hasNext() {
        while (line != null && !line.equals(PROTOCOL)) {
            advance();
        }
        return line != null;
    }

    @Override
    public StimulusProtocol next() {
        if (!hasNext()) {
            throw new NoSuchElementException("%s ended".formatted(file.shownName()));
        }
        Place section = file.line(lineNumber);
        PulseTimeline timeline = new PulseTimeline();
        double previousEndMs = 0;
        for (advance(); line != null && !isSection(); advance()) {
            try {
                PacingEvent event = event(previousEndMs);
                timeline.add(event.scaled(file.defaults().currentOfLevelOne()).pulses(horizonMs()));
                previousEndMs = event.periodMs() == 0 ? event.startMs() + event.lengthMs() : Double.NaN;
            } catch (IllegalArgumentException e) {
                throw file.line(lineNumber).wrong(e.getMessage(), e);
            }
        }
        try {
            String id = file.runPrefix() + "-" + section.line();
            return file.checked(file.defaults().protocol(id, timeline.pulses()), section);
        } catch (IllegalArgumentException e) {
            throw section.wrong(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        file.close(reader);
    }

    private double horizonMs() {
        CellModel model = file.defaults().cellModel(null, "a Myokit protocol's cell model");
        return file.defaults().horizonMs(null, model);
    }

    private PacingEvent event(double previousEndMs) {
        List<Double> numbers = new ArrayList<>();
        Matcher words = WORD.matcher(line);
        while (words.find()) {
            if (numbers.size() == COLUMNS.size()) {
                throw new IllegalArgumentException("column %d: '%s' is one too many; write %s"
                        .formatted(words.start() + 1, words.group(), String.join(" ", COLUMNS)));
            }
            numbers.add(number(words, COLUMNS.get(numbers.size()), previousEndMs));
        }
        if (numbers.size() < COLUMNS.size()) {
            throw new IllegalArgumentException("column %d: %s is missing; write %s"
                    .formatted(line.length() + 1, COLUMNS.get(numbers.size()), String.join(" ", COLUMNS)));
        }
        return new PacingEvent(
                numbers.get(0),
                numbers.get(1),
                numbers.get(2),
                numbers.get(3),
                numbers.get(4).intValue());
    }

    private static double number(Matcher word, String column, double previousEndMs) {
        if (column.equals("start") && word.group().equals("next")) {
            if (Double.isNaN(previousEndMs)) {
                throw new IllegalArgumentException("column %d: nothing is next to an event that recurs; write its start"
                        .formatted(word.start() + 1));
            }
            return previousEndMs;
        }
        try {
            return column.equals("multiplier") ? whole(word.group()) : Double.parseDouble(word.group());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "column %d: %s is '%s'; write a %s"
                            .formatted(
                                    word.start() + 1,
                                    column,
                                    word.group(),
                                    column.equals("multiplier") ? "whole number such as 0" : "number such as 2.5"),
                    e);
        }
    }

    /** Myokit writes it as 0 or as 0.0. */
    private static int whole(String text) {
        double number = Double.parseDouble(text);
        if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
            throw new NumberFormatException(text);
        }
        return (int) number;
    }

    private boolean isSection() {
        return line.startsWith("[[");
    }

    /** To the next line that has more than a comment; columns are counted in the line as written. */
    private void advance() {
        try {
            do {
                line = reader.readLine();
                lineNumber++;
                if (line != null) {
                    line = line.replaceFirst("#.*", "").stripTrailing();
                }
            } while (line != null && line.isBlank());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read %s after line %d".formatted(file.shownName(), lineNumber), e);
        }
    }
}
