package org.ionstream.trainer.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ionstream.schemas.message.Command;
import org.ionstream.schemas.message.CommandResult;

/**
 * Orders to the trainer over HTTP, for those who do not speak Kafka:
 *
 * <ul>
 *   <li>{@code POST /commands} with a JSON object such as {@code {"cellModel":"fitzhugh-nagumo-1961","kind":"RETRAIN","why":"new
 *       protocols"}}, in full {@link Order}: 202 and the command's id; the order is on the commands topic then.
 *   <li>{@code GET /commands/ID}: 200 and the last answer to it, 404 if there is none yet.
 *   <li>{@code GET /health/live} and {@code /health/ready}: 200 or 503.
 * </ul>
 *
 * <p>Commands want the header {@code Authorization: Bearer TOKEN}, which no foreign page can make a browser send. Errors are
 * JSON objects with the reason. Thread-safe.
 */
public final class CommandServer implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int COMMANDS_PER_MINUTE = 60;

    /**
     * @param address to listen on
     * @param token that commands must come with
     */
    public record Settings(InetSocketAddress address, Token token) {}

    /**
     * What the trainer does with requests.
     *
     * @param send puts a command on its topic
     * @param result last answer to a command, by its id
     * @param ready whether the trainer does its work
     */
    public record Handlers(
            Consumer<Command> send, Function<String, Optional<CommandResult>> result, BooleanSupplier ready) {}

    private final Settings settings;
    private final Handlers handlers;
    private final RateLimit limit = new RateLimit(COMMANDS_PER_MINUTE, System::nanoTime);
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    /** @throws IllegalStateException with the remedy, if the address cannot be listened on */
    public CommandServer(Settings settings, Handlers handlers) {
        this.settings = settings;
        this.handlers = handlers;
        try {
            server = HttpServer.create(settings.address(), 0);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot listen on %s (%s); choose another with --http-address and --http-port"
                            .formatted(settings.address(), e.getMessage()),
                    e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply;
            try {
                reply = reply(exchange);
            } catch (RefusedException e) {
                reply = Reply.error(e.status(), e.getMessage());
            } catch (RuntimeException e) {
                reply = Reply.error(500, "the trainer could not do it: " + e.getMessage());
            }
            reply.send(exchange);
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        if (path.equals("/health/live") && method.equals("GET")) {
            return Reply.of(200, "live");
        }
        if (path.equals("/health/ready") && method.equals("GET")) {
            return handlers.ready().getAsBoolean() ? Reply.of(200, "ready") : Reply.of(503, "not ready");
        }
        if (!path.equals("/commands") && !path.startsWith("/commands/")) {
            throw new RefusedException(404, "nothing here; POST /commands or GET /commands/ID");
        }
        settings.token().check(exchange.getRequestHeaders().getFirst("Authorization"));
        if (path.equals("/commands") && method.equals("POST")) {
            return order(exchange);
        }
        if (!path.equals("/commands") && method.equals("GET")) {
            return result(path.substring("/commands/".length()));
        }
        throw new RefusedException(
                405, "%s %s is not there; POST /commands or GET /commands/ID".formatted(method, path));
    }

    private Reply order(HttpExchange exchange) throws IOException {
        Command command = Order.read(exchange).toCommand();
        if (!limit.admits()) {
            throw new RefusedException(
                    429, "more than %d commands in a minute; try again later".formatted(COMMANDS_PER_MINUTE));
        }
        handlers.send().accept(command);
        return Reply.sent(command);
    }

    private Reply result(String id) {
        return handlers.result()
                .apply(id)
                .map(Reply::of)
                .orElseThrow(() -> new RefusedException(
                        404, "no answer to command '%s' yet; ask again, or look whether it was sent".formatted(id)));
    }
}
