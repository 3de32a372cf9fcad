package org.ionstream.standalone.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.function.Supplier;
import org.ionstream.schemas.operation.HttpEndpoint;
import org.ionstream.standalone.activity.Activity;

/** What is going on, in a browser: read-only, no foreign content. */
public final class StatusPage implements HttpHandler {
    private static final Set<String> FILES = Set.of(
            "/index.html",
            "/app.css",
            "/uplot.css",
            "/uplot.js",
            "/app.js",
            "/api.js",
            "/stream.js",
            "/plots.js",
            "/live.js",
            "/ask.js",
            "/sketch.js",
            "/strip.js",
            "/numbers.js",
            "/drift.js",
            "/errormap.js",
            "/models.js",
            "/trials.js",
            "/operations.js",
            "/measured.js");

    private final ObjectMapper json = new ObjectMapper();
    private final Supplier<Activity> activity;

    public StatusPage(Supplier<Activity> activity) {
        this.activity = activity;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String name = path.equals("/") ? "/index.html" : path;
        if (!exchange.getRequestMethod().equals("GET")) {
            HttpEndpoint.send(exchange, 405, "text/plain", HttpEndpoint.bytes("only GET\n"));
        } else if (path.equals("/status.json")) {
            HttpEndpoint.send(exchange, 200, "application/json", status());
        } else if (FILES.contains(name)) {
            HttpEndpoint.send(exchange, 200, type(name), file(name));
        } else {
            HttpEndpoint.send(exchange, 404, "text/plain", HttpEndpoint.bytes("nothing here; see /\n"));
        }
    }

    private static String type(String name) {
        String kind = name.endsWith(".js") ? "javascript" : name.substring(name.lastIndexOf('.') + 1);
        return "text/%s; charset=utf-8".formatted(kind);
    }

    private byte[] status() throws JsonProcessingException {
        return json.writeValueAsBytes(StatusView.of(activity.get()));
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream file = StatusPage.class.getResourceAsStream("/page" + name)) {
            return file.readAllBytes();
        }
    }
}
