package org.ionstream.standalone.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Headless Chromium with one page, driven over its DevTools protocol. */
final class Browser implements AutoCloseable, WebSocket.Listener {
    static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final StringBuilder message = new StringBuilder();

    Browser(Path profile, int width, int height) throws Exception {
        process = new ProcessBuilder(
                        CHROMIUM.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "--window-size=%d,%d".formatted(width, height),
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        int port = port(profile.resolve("DevToolsActivePort"));
        HttpClient http = HttpClient.newHttpClient();
        String pages = http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/json/list".formatted(port)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        String address = JSON.readTree(pages).get(0).get("webSocketDebuggerUrl").asText();
        socket =
                http.newWebSocketBuilder().buildAsync(URI.create(address), this).get(30, TimeUnit.SECONDS);
        call("Runtime.enable", Map.of());
        call("Log.enable", Map.of());
    }

    private static int port(Path file) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!Files.exists(file) || Files.readAllLines(file).isEmpty()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Chromium did not say where it listens");
            }
            Thread.sleep(50);
        }
        return Integer.parseInt(Files.readAllLines(file).get(0));
    }

    void open(String address) throws Exception {
        call("Page.navigate", Map.of("url", address));
    }

    /** Value of an expression, as text. */
    String value(String expression) throws Exception {
        JsonNode result = call("Runtime.evaluate", Map.of("expression", "String(%s)".formatted(expression)));
        return result.at("/result/value").asText();
    }

    void size(int width, int height) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void dark(boolean dark) throws Exception {
        Map<String, String> scheme = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
    }

    /** Presses at one point of the window, moves to another in steps, and lets go. */
    void drag(double fromX, double fromY, double toX, double toY) throws Exception {
        int steps = 5;
        mouse("mousePressed", fromX, fromY);
        for (int i = 1; i <= steps; i++) {
            double share = (double) i / steps;
            mouse("mouseMoved", fromX + share * (toX - fromX), fromY + share * (toY - fromY));
        }
        mouse("mouseReleased", toX, toY);
    }

    private void mouse(String type, double x, double y) throws Exception {
        call(
                "Input.dispatchMouseEvent",
                Map.of("type", type, "x", x, "y", y, "button", "left", "buttons", 1, "clickCount", 1));
    }

    /** @param key as KeyboardEvent.key names it */
    void press(String key) throws Exception {
        call("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key));
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    }

    void screenshot(Path file) throws Exception {
        Files.write(
                file,
                Base64.getDecoder()
                        .decode(call("Page.captureScreenshot", Map.of())
                                .get("data")
                                .asText()));
    }

    /** Errors that the page has caused so far. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private JsonNode call(String method, Map<String, ?> parameters) throws Exception {
        int id = lastId.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        pending.put(id, answer);
        ObjectNode request = JSON.createObjectNode().put("id", id).put("method", method);
        request.set("params", JSON.valueToTree(parameters));
        socket.sendText(request.toString(), true).get(30, TimeUnit.SECONDS);
        return answer.get(30, TimeUnit.SECONDS).path("result");
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        message.append(part);
        if (last) {
            try {
                take(JSON.readTree(message.toString()));
            } catch (IOException e) {
                complaints.add("DevTools: " + e);
            }
            message.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void take(JsonNode said) {
        if (said.has("id")) {
            pending.remove(said.get("id").asInt()).complete(said);
        } else if (said.get("method").asText().equals("Runtime.exceptionThrown")) {
            complaints.add(said.at("/params/exceptionDetails").toString());
        } else if (said.at("/params/entry/level").asText().equals("error")) {
            complaints.add(said.at("/params/entry").toString());
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
