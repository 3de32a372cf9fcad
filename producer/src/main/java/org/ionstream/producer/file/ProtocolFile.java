package org.ionstream.producer.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.InvalidProtocolException;
import org.ionstream.schemas.protocol.Stimulus;

/**
 * Reads stimulus protocols from a file or from standard input, one after another, so that a pipe may stay open. What is
 * wrong ends the reading with a {@link ProtocolFileException}.
 *
 * @param name shown in errors
 * @param format empty: JSON lines if the first character that is not blank is an opening brace, else CSV
 * @param runPrefix begins the ids of protocols that have none, followed by the line number
 * @param onlyValid a protocol that breaks a rule is an error
 */
public record ProtocolFile(String name, Optional<FileFormat> format, String runPrefix, boolean onlyValid) {
    /** The name of standard input. */
    public static final String STANDARD_INPUT = "-";

    private static final int LONGEST_BLANK = 8_192;

    /** @throws ProtocolFileException if there is no such file */
    public ProtocolSource open() {
        if (name.equals(STANDARD_INPUT)) {
            return read(System.in);
        }
        try {
            return read(Files.newInputStream(Path.of(name)));
        } catch (IOException e) {
            throw new ProtocolFileException(
                    "cannot open '%s' (%s); give a file that exists, or - for standard input"
                            .formatted(name, e.getClass().getSimpleName()),
                    e);
        }
    }

    /** @param stream UTF-8; closed with the source */
    public ProtocolSource read(InputStream stream) {
        BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        try {
            skipByteOrderMark(reader);
            return switch (format.isPresent() ? format.get() : detected(reader)) {
                case JSON_LINES -> new JsonLinesSource(this, reader);
                case CSV -> new CsvSource(this, reader);
            };
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + shownName(), e);
        }
    }

    Place line(long line) {
        return new Place(shownName(), line);
    }

    StimulusProtocol checked(StimulusProtocol protocol, Place place) {
        if (!onlyValid) {
            return protocol;
        }
        try {
            return Stimulus.of(protocol).protocol();
        } catch (InvalidProtocolException e) {
            throw place.wrong(e.getMessage(), e);
        }
    }

    String shownName() {
        return name.equals(STANDARD_INPUT) ? "standard input" : name;
    }

    private FileFormat detected(BufferedReader reader) throws IOException {
        reader.mark(LONGEST_BLANK);
        for (int i = 0; i < LONGEST_BLANK; i++) {
            int character = reader.read();
            if (!Character.isWhitespace(character)) {
                reader.reset();
                return character == '{' ? FileFormat.JSON_LINES : FileFormat.CSV;
            }
        }
        throw line(1).wrong(
                        "begins with %d blank characters; name the format, or remove them".formatted(LONGEST_BLANK));
    }

    private static void skipByteOrderMark(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
    }
}
