package org.ionstream.producer.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;

/** Neighbouring rows with the same id are the pulses of one protocol, which is complete when the next id begins. */
final class CsvSource implements ProtocolSource {
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setTrim(true)
            .setIgnoreEmptyLines(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
            .get();

    private final ProtocolFile file;
    private final CSVParser parser;
    private final Iterator<CSVRecord> rows;
    private final Set<String> idsRead = new HashSet<>();
    private CsvPulse ahead;

    CsvSource(ProtocolFile file, BufferedReader reader) throws IOException {
        this.file = file;
        try {
            this.parser =
                    CSVParser.builder().setReader(reader).setFormat(FORMAT).get();
        } catch (IllegalArgumentException | CSVException e) {
            throw file.line(1).wrong("%s; write a header such as %s".formatted(e.getMessage(), header()), e);
        }
        checkHeader(parser.getHeaderNames());
        this.rows = parser.iterator();
    }

    @Override
    public boolean hasNext() {
        if (ahead == null) {
            ahead = row();
        }
        return ahead != null;
    }

    @Override
    public StimulusProtocol next() {
        if (!hasNext()) {
            throw new NoSuchElementException("%s ended".formatted(file.shownName()));
        }
        CsvPulse first = ahead;
        if (!idsRead.add(first.protocol().id())) {
            throw first.place()
                    .wrong("id '%s' was read before; put its rows next to each other, or rename it"
                            .formatted(first.protocol().id()));
        }
        List<Pulse> pulses = new ArrayList<>();
        while (ahead != null && ahead.protocol().id().equals(first.protocol().id())) {
            if (!ahead.protocol().equals(first.protocol())) {
                throw ahead.place()
                        .wrong(
                                "id '%s' with another cell model, horizon, output step, route, accuracy or conditions than in line %d; "
                                                .formatted(
                                                        first.protocol().id(),
                                                        first.place().line())
                                        + "make them equal, or rename it");
            }
            ahead.pulse().ifPresent(pulses::add);
            ahead = row();
        }
        return file.checked(message(first.protocol(), pulses), first.place());
    }

    @Override
    public void close() {
        file.close(parser);
    }

    private CsvPulse row() {
        try {
            if (!rows.hasNext()) {
                return null;
            }
            CSVRecord row = rows.next();
            Place place = file.line(parser.getCurrentLineNumber());
            if (!row.isConsistent()) {
                throw place.wrong("%d cells under a header of %d; give each column a cell, empty or not"
                        .formatted(row.size(), parser.getHeaderNames().size()));
            }
            return CsvPulse.of(row, place, file);
        } catch (UncheckedIOException e) {
            throw file.line(parser.getCurrentLineNumber()).wrong(e.getCause().getMessage() + "; check the quotes", e);
        }
    }

    private void checkHeader(List<String> columns) {
        List<String> missing = CsvPulse.REQUIRED.stream()
                .filter(column -> !columns.contains(column))
                .toList();
        List<String> unknown = columns.stream()
                .filter(column -> !CsvPulse.REQUIRED.contains(column) && !CsvPulse.OPTIONAL.contains(column))
                .toList();
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw file.line(1)
                    .wrong("missing columns %s, unknown columns %s; write the header %s and, if wanted, %s"
                            .formatted(missing, unknown, header(), String.join(",", CsvPulse.OPTIONAL)));
        }
    }

    private static String header() {
        return String.join(",", CsvPulse.REQUIRED);
    }

    private static StimulusProtocol message(CsvPulse.Protocol protocol, List<Pulse> pulses) {
        return StimulusProtocol.newBuilder()
                .setId(protocol.id())
                .setCellModel(protocol.cellModel().id())
                .setPulses(pulses)
                .setHorizonMs(protocol.horizonMs())
                .setOutputStepMs(protocol.outputStepMs())
                .setRoute(protocol.route())
                .setRelativeL2Wanted(protocol.relativeL2Wanted())
                .setVariant(protocol.variant())
                .setParameters(protocol.parameters())
                .setPublishedState(protocol.publishedState())
                .setInitialState(protocol.initialState())
                .build();
    }
}
