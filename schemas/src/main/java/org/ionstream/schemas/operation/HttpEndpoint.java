package org.ionstream.schemas.operation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The HTTP server of a process: everything that it serves (health, metrics, orders, the status page) is a path of this one.
 * Thread-safe.
 */
public final class HttpEndpoint implements AutoCloseable {
    private static final int THREADS = 2;

    private final HttpServer server;
    private final ExecutorService threads;

    /**
     * @param address to listen on; port 0 for any free one
     * @param remedy what to do if it is taken
     * @throws IllegalStateException with the remedy, if the address cannot be listened on
     */
    public HttpEndpoint(InetSocketAddress address, String remedy) {
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot listen on %s (%s); %s".formatted(address, e.getMessage(), remedy), e);
        }
        threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "http");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.start();
    }

    /** From now on this path, and what is below it and has no route of its own, is answered by this handler. */
    public void route(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    /**
     * As {@link #route}, for an answer without end: the handler gives the exchange to a thread of its own, which closes it, and
     * returns, so that the few threads here stay free for health and metrics.
     */
    public void routeKeptOpen(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            try {
                handler.handle(exchange);
            } catch (IOException | RuntimeException e) {
                exchange.close();
                throw e;
            }
        });
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** An answer that no browser keeps, guesses the type of, or loads foreign content for. */
    public static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        setHeaders(exchange, type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** Those of {@link #send}. */
    public static void setHeaders(HttpExchange exchange, String type) {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders()
                .set(
                        "Content-Security-Policy",
                        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
    }

    /** A handler of GET alone, at exactly its path. */
    public static HttpHandler reading(String path, HttpHandler handler) {
        return exchange -> {
            if (!exchange.getRequestURI().getPath().equals(path)) {
                send(exchange, 404, "text/plain", bytes("nothing here; see " + path + "\n"));
            } else if (!exchange.getRequestMethod().equals("GET")) {
                send(exchange, 405, "text/plain", bytes("only GET\n"));
            } else {
                handler.handle(exchange);
            }
        };
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
