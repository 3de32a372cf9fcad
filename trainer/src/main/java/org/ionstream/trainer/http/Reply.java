package org.ionstream.trainer.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ionstream.schemas.message.Command;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.operation.HttpEndpoint;

/** An answer: a status and a JSON object. */
record Reply(int status, Map<String, Object> body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Reply error(int status, String reason) {
        return new Reply(status, Map.of("error", reason));
    }

    static Reply sent(Command command) {
        return new Reply(202, Map.of("commandId", command.getId(), "status", "SENT"));
    }

    static Reply of(CommandResult result) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("commandId", result.getCommandId());
        body.put("cellModel", result.getCellModel());
        body.put("kind", result.getKind().name());
        body.put("modelId", result.getModelId());
        body.put("status", result.getStatus().name());
        body.put("detail", result.getDetail());
        body.put("atMs", result.getAtMs());
        return new Reply(200, body);
    }

    void send(HttpExchange exchange) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        if (status == 401) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        }
        HttpEndpoint.send(exchange, status, "application/json", bytes);
    }
}
