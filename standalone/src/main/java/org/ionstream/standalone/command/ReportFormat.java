package org.ionstream.standalone.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.util.function.Consumer;

/** How a report is printed: for people, or all of it as a JSON object whose fields are the report's own. */
enum ReportFormat {
    TEXT,
    JSON;

    /** Maps in the order of their keys, so that the same report is the same text. */
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build()
            .writerWithDefaultPrettyPrinter();

    void print(Object report, PrintWriter out, Consumer<PrintWriter> text) {
        switch (this) {
            case TEXT -> text.accept(out);
            case JSON -> out.println(json(report));
        }
        out.flush();
    }

    private static String json(Object report) {
        try {
            return WRITER.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write %s as JSON".formatted(report.getClass()), e);
        }
    }
}
