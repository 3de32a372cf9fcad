package org.ionstream.standalone.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.ionstream.standalone.activity.Activity;

/** What is going on, in a browser: read-only, on the loopback interface, no foreign content. */
public final class StatusPage implements AutoCloseable {
    private static final int THREADS = 2;
    private static final Map<String, String> FILES = Map.of(
            "/", "text/html; charset=utf-8",
            "/status.js", "text/javascript; charset=utf-8",
            "/status.css", "text/css; charset=utf-8");

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Supplier<Activity> activity;

    /**
     * @param port 0 for any free one
     * @throws IllegalStateException with the remedy, if the port is taken
     */
    public StatusPage(int port, Supplier<Activity> activity) {
        this.activity = activity;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "port %d of the status page is in use; choose another with --page-port".formatted(port), e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (!exchange.getRequestMethod().equals("GET")) {
                send(exchange, 405, "text/plain", "only GET\n".getBytes(StandardCharsets.UTF_8));
            } else if (path.equals("/status.json")) {
                send(exchange, 200, "application/json", status());
            } else if (FILES.containsKey(path)) {
                send(exchange, 200, FILES.get(path), file(path.equals("/") ? "/index.html" : path));
            } else {
                send(exchange, 404, "text/plain", "nothing here; see /\n".getBytes(StandardCharsets.UTF_8));
            }
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

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'self'");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
