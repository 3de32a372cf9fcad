package org.ionstream.standalone.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.function.Consumer;

/** How a report is printed: for people, or all of it as a JSON object whose fields are the report's own. */
enum ReportFormat {
    TEXT,
    JSON;

    void print(Object report, PrintWriter out, Consumer<PrintWriter> text) {
        switch (this) {
            case TEXT -> text.accept(out);
            case JSON -> out.println(json(report));
        }
        out.flush();
    }

    private static String json(Object report) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write %s as JSON".formatted(report.getClass()), e);
        }
    }
}
