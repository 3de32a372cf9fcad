package org.ionstream.trainer.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.ionstream.schemas.message.Command;
import org.ionstream.schemas.message.CommandKind;
import org.ionstream.schemas.protocol.ProtocolLimits;

/**
 * A command as it comes over HTTP.
 *
 * @param id null: a new one; a repeated id is not carried out twice
 * @param cellModel that it is about
 * @param kind as in the schema Command, but not UNKNOWN
 * @param modelId to promote; null for the other kinds
 * @param why for the record; may be null
 * @param plan of TUNE, as {@code tune order --print} prints it; null for the other kinds
 */
record Order(String id, String cellModel, String kind, String modelId, String why, JsonNode plan) {
    private static final int MOST_BYTES = 16 << 10;
    private static final int LONGEST_TEXT = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws RefusedException if the body is not such an object */
    static Order read(HttpExchange exchange) throws IOException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type == null || !type.startsWith("application/json")) {
            throw new RefusedException(415, "content type %s; send application/json".formatted(type));
        }
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new RefusedException(413, "more than %d bytes; a command has a few hundred".formatted(MOST_BYTES));
        }
        try {
            Order order = JSON.readValue(body, Order.class);
            if (order == null) {
                throw new RefusedException(400, "null; send a JSON object with cellModel and kind");
            }
            return order;
        } catch (JsonProcessingException e) {
            throw new RefusedException(400, "not a command: " + e.getOriginalMessage());
        }
    }

    /** @throws RefusedException naming the field that is wrong */
    Command toCommand() {
        String chosenId = id == null ? UUID.randomUUID().toString() : id;
        checkLength("id", chosenId, ProtocolLimits.LONGEST_ID);
        checkLength("why", text(why), LONGEST_TEXT);
        checkLength("modelId", text(modelId), ProtocolLimits.LONGEST_ID);
        checkLength("cellModel", text(cellModel), ProtocolLimits.LONGEST_ID);
        if (chosenId.isEmpty() || text(cellModel).isEmpty()) {
            throw new RefusedException(
                    400, "id or cellModel is empty; name a cell model, and leave the id out for a new one");
        }
        List<CommandKind> known = Arrays.stream(CommandKind.values())
                .filter(candidate -> candidate != CommandKind.UNKNOWN)
                .toList();
        CommandKind chosen = known.stream()
                .filter(candidate -> candidate.name().equals(kind))
                .findFirst()
                .orElseThrow(() -> new RefusedException(400, "kind is '%s'; known are %s".formatted(kind, known)));
        return new Command(
                chosenId,
                cellModel,
                chosen,
                text(modelId),
                text(why),
                System.currentTimeMillis(),
                plan == null ? "" : plan.toString());
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static void checkLength(String field, String text, int longest) {
        if (text.length() > longest) {
            throw new RefusedException(
                    400, "%s has %d characters; at most %d are carried".formatted(field, text.length(), longest));
        }
    }
}
