package org.ionstream.schemas.operation;

import com.sun.net.httpserver.HttpHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The three questions that an orchestrator asks, as {@code /health/live}, {@code /health/started} and {@code /health/ready}
 * (200 or 503), and the first and the last also as {@code /v2/health/...}, where inference servers have them.
 *
 * @param live false: nothing but a new start helps
 * @param started whether what is read at the start has been
 * @param ready whether it does its work now: broker in reach, partitions assigned, champions checked and warm
 */
public record Health(BooleanSupplier live, BooleanSupplier started, BooleanSupplier ready) {

    public void serveOn(HttpEndpoint endpoint) {
        Map<String, BooleanSupplier> questions = new LinkedHashMap<>();
        questions.put("/health/live", live);
        questions.put("/health/started", started);
        questions.put("/health/ready", ready);
        questions.put("/v2/health/live", live);
        questions.put("/v2/health/ready", ready);
        questions.forEach((path, question) ->
                endpoint.route(path, HttpEndpoint.reading(path, answer(path.replaceAll(".*/", ""), question))));
    }

    private static HttpHandler answer(String state, BooleanSupplier question) {
        return exchange -> {
            boolean yes = question.getAsBoolean();
            String body = "{\"status\":\"%s%s\"}\n".formatted(yes ? "" : "not ", state);
            HttpEndpoint.send(exchange, yes ? 200 : 503, "application/json", HttpEndpoint.bytes(body));
        };
    }
}
