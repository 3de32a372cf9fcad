package org.ionstream.producer.file;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.InvalidProtocolException;
import org.ionstream.schemas.protocol.Stimulus;

/**
 * Reads stimulus protocols from a file or from standard input, one after another, so that a pipe may stay open. What is
 * wrong ends the reading with a {@link ProtocolFileException}.
 *
 * @param name shown in errors
 * @param format empty: as the first line that is not blank looks, with a brace JSON lines, with a bracket or # Myokit, with
 *     a time and a current as columns a current, else CSV
 * @param runPrefix begins the ids of protocols that have none, followed by the line number
 * @param onlyValid a protocol that breaks a rule is an error
 * @param defaults for what protocols leave out
 */
public record ProtocolFile(
        String name, Optional<FileFormat> format, String runPrefix, boolean onlyValid, ProtocolDefaults defaults) {
    /** The name of standard input. */
    public static final String STANDARD_INPUT = "-";

    private static final int LONGEST_BLANK = 8_192;
    private static final Pattern CURRENT_HEADER = Pattern.compile("(?i)\"?(t|time)([ _(]*ms\\)?)?\"?\\s*,[^,]*");

    /** Without defaults. */
    public ProtocolFile(String name, Optional<FileFormat> format, String runPrefix, boolean onlyValid) {
        this(name, format, runPrefix, onlyValid, ProtocolDefaults.NONE);
    }

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
                case MYOKIT -> new MyokitSource(this, reader);
                case CURRENT -> new CurrentSource(this, reader);
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

    void close(Closeable reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + shownName(), e);
        }
    }

    private FileFormat detected(BufferedReader reader) throws IOException {
        reader.mark(LONGEST_BLANK);
        StringBuilder first = new StringBuilder();
        for (int i = 0; i < LONGEST_BLANK; i++) {
            int character = reader.read();
            if (character < 0 || character == '\n' && !first.isEmpty()) {
                reader.reset();
                return format(first.toString());
            }
            if (!first.isEmpty() || !Character.isWhitespace(character)) {
                first.append((char) character);
            }
        }
        if (first.isEmpty()) {
            throw line(1).wrong("begins with %d blank characters; name the format, or remove them"
                    .formatted(LONGEST_BLANK));
        }
        reader.reset();
        return format(first.toString());
    }

    private static FileFormat format(String firstLine) {
        if (firstLine.startsWith("{")) {
            return FileFormat.JSON_LINES;
        }
        if (firstLine.startsWith("[[") || firstLine.startsWith("#")) {
            return FileFormat.MYOKIT;
        }
        return CURRENT_HEADER.matcher(firstLine.strip()).matches() ? FileFormat.CURRENT : FileFormat.CSV;
    }

    private static void skipByteOrderMark(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
    }
}
