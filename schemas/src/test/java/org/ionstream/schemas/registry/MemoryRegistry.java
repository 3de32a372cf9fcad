package org.ionstream.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ionstream.schemas.operation.HttpEndpoint;

/** Confluent's REST interface as far as it is used, over HTTP and in memory: each text has one number under all subjects. */
public final class MemoryRegistry implements AutoCloseable {
    private static final int FIRST_ID = 1_000;

    private final ObjectMapper json = new ObjectMapper();
    private final List<JsonNode> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final HttpEndpoint endpoint =
            new HttpEndpoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "choose another");
    /** Answers instead of the right one; 0: none. */
    private int failingStatus;
    /** Wanted of every request; empty: anything. */
    private String authorization = "";

    public MemoryRegistry() {
        endpoint.route("/api", this::answer);
    }

    public String url() {
        return "http://localhost:%d/api".formatted(endpoint.port());
    }

    public SchemaRegistry client() {
        return new SchemaRegistry(RegistrySettings.at(url()));
    }

    /** As another program would. */
    public synchronized int put(String subject, String schema) {
        return put(subject, json.createObjectNode().put("schema", schema));
    }

    public synchronized int put(String subject, JsonNode request) {
        if (!schemas.contains(request)) {
            schemas.add(request);
        }
        int id = FIRST_ID + schemas.indexOf(request);
        subjects.computeIfAbsent(subject, first -> new ArrayList<>()).add(id);
        return id;
    }

    /** Method and path of every request so far. */
    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    public synchronized void fail(int status) {
        failingStatus = status;
    }

    public synchronized void want(String header) {
        authorization = header;
    }

    @Override
    public void close() {
        endpoint.close();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/api".length());
        asked.add(exchange.getRequestMethod() + " " + path);
        String[] parts = path.substring(1).split("/");
        JsonNode request = json.readTree(exchange.getRequestBody());
        String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (failingStatus != 0) {
            send(exchange, failingStatus, "{\"error_code\":%d,\"message\":\"out of order\"}".formatted(failingStatus));
        } else if (!authorization.isEmpty() && !authorization.equals(given)) {
            send(exchange, 401, "{\"error_code\":401,\"message\":\"who are you\"}");
        } else if (parts[0].equals("schemas")) {
            sendSchema(exchange, Integer.parseInt(parts[2]));
        } else if (exchange.getRequestMethod().equals("POST")) {
            receive(exchange, parts, request);
        } else if (subjects.containsKey(parts[1])) {
            List<Integer> versions = subjects.get(parts[1]);
            sendSchema(exchange, versions.get(versions.size() - 1));
        } else {
            send(exchange, 404, "{\"error_code\":40401,\"message\":\"Subject '%s' not found.\"}".formatted(parts[1]));
        }
    }

    private void receive(HttpExchange exchange, String[] parts, JsonNode request) throws IOException {
        if (parts.length < 3 && !schemas.contains(request)) {
            send(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
        } else {
            send(exchange, 200, "{\"id\":%d}".formatted(put(parts[1], request)));
        }
    }

    private void sendSchema(HttpExchange exchange, int id) throws IOException {
        int index = id - FIRST_ID;
        if (index < 0 || index >= schemas.size()) {
            send(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema %d not found\"}".formatted(id));
        } else {
            send(exchange, 200, schemas.get(index).toString());
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        HttpEndpoint.send(exchange, status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }
}
