package org.ionstream.standalone.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.ionstream.schemas.operation.HttpEndpoint;
import org.ionstream.standalone.activity.Activity;

/** What is going on, in a browser: read-only, no foreign content. */
public final class StatusPage implements HttpHandler {
    private static final Map<String, String> FILES = Map.of(
            "/", "text/html; charset=utf-8",
            "/app.js", "text/javascript; charset=utf-8",
            "/uplot.js", "text/javascript; charset=utf-8",
            "/app.css", "text/css; charset=utf-8",
            "/uplot.css", "text/css; charset=utf-8");

    private final ObjectMapper json = new ObjectMapper();
    private final Supplier<Activity> activity;

    public StatusPage(Supplier<Activity> activity) {
        this.activity = activity;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (!exchange.getRequestMethod().equals("GET")) {
            HttpEndpoint.send(exchange, 405, "text/plain", "only GET\n".getBytes(StandardCharsets.UTF_8));
        } else if (path.equals("/status.json")) {
            HttpEndpoint.send(exchange, 200, "application/json", status());
        } else if (FILES.containsKey(path)) {
            HttpEndpoint.send(exchange, 200, FILES.get(path), file(path.equals("/") ? "/index.html" : path));
        } else {
            HttpEndpoint.send(exchange, 404, "text/plain", "nothing here; see /\n".getBytes(StandardCharsets.UTF_8));
        }
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
