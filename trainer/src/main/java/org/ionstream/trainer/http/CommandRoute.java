package org.ionstream.trainer.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Optional;
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
 * </ul>
 *
 * <p>Both want the header {@code Authorization: Bearer TOKEN}, which no foreign page can make a browser send. Errors are JSON
 * objects with the reason. Thread-safe.
 */
public final class CommandRoute implements HttpHandler {
    /** Where it belongs on the endpoint. */
    public static final String PATH = "/commands";

    private static final int COMMANDS_PER_MINUTE = 60;

    private final Token token;
    private final Consumer<Command> send;
    private final Function<String, Optional<CommandResult>> result;
    private final RateLimit limit = new RateLimit(COMMANDS_PER_MINUTE, System::nanoTime);

    /**
     * @param token that commands must come with
     * @param send puts a command on its topic
     * @param result last answer to a command, by its id
     */
    public CommandRoute(Token token, Consumer<Command> send, Function<String, Optional<CommandResult>> result) {
        this.token = token;
        this.send = send;
        this.result = result;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
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

    private Reply reply(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        if (!path.equals(PATH) && !path.startsWith(PATH + "/")) {
            throw new RefusedException(404, "nothing here; POST /commands or GET /commands/ID");
        }
        token.check(exchange.getRequestHeaders().getFirst("Authorization"));
        if (path.equals(PATH) && method.equals("POST")) {
            return order(exchange);
        }
        if (!path.equals(PATH) && method.equals("GET")) {
            return result(path.substring(PATH.length() + 1));
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
        send.accept(command);
        return Reply.sent(command);
    }

    private Reply result(String id) {
        return result.apply(id)
                .map(Reply::of)
                .orElseThrow(() -> new RefusedException(
                        404, "no answer to command '%s' yet; ask again, or look whether it was sent".formatted(id)));
    }
}
