package org.ionstream.producer.file;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.schemas.message.StimulusProtocol;

/** One protocol per line; blank lines are skipped. */
final class JsonLinesSource implements ProtocolSource {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .build()
            .readerFor(JsonProtocol.class);

    private final ProtocolFile file;
    private final BufferedReader reader;
    private String line;
    private long lineNumber;

    JsonLinesSource(ProtocolFile file, BufferedReader reader) {
        this.file = file;
        this.reader = reader;
    }

    @Override
    public boolean hasNext() {
        try {
            while (line == null || line.isBlank()) {
                line = reader.readLine();
                if (line == null) {
                    return false;
                }
                lineNumber++;
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read %s after line %d".formatted(file.shownName(), lineNumber), e);
        }
    }

    @Override
    public StimulusProtocol next() {
        if (!hasNext()) {
            throw new NoSuchElementException("%s ended at line %d".formatted(file.shownName(), lineNumber));
        }
        Place place = file.line(lineNumber);
        String json = line;
        line = null;
        try {
            JsonProtocol protocol = JSON.readValue(json);
            if (protocol == null) {
                throw place.wrong("null is not a protocol; write a JSON object");
            }
            return file.checked(protocol.toMessage(file.runPrefix() + "-" + lineNumber, file.defaults()), place);
        } catch (UnrecognizedPropertyException e) {
            throw place.wrong(
                    "unknown field '%s'; known are %s".formatted(e.getPropertyName(), e.getKnownPropertyIds()), e);
        } catch (JsonProcessingException e) {
            throw place.wrong(
                    "column %d: %s; write one JSON object per line"
                            .formatted(
                                    e.getLocation() == null
                                            ? 1
                                            : e.getLocation().getColumnNr(),
                                    e.getOriginalMessage()),
                    e);
        } catch (IllegalArgumentException e) {
            throw place.wrong(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        file.close(reader);
    }
}
