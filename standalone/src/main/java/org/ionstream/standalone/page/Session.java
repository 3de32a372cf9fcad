package org.ionstream.standalone.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.operation.HttpEndpoint;
import org.ionstream.standalone.evaluation.TestedModel;
import org.ionstream.trainer.http.Token;
import org.ionstream.trainer.score.PublishedErrors;

/**
 * What a page begins with: the cell models, how the bundled champions and the paper's networks did in its test, and on the
 * loopback interface the token without which nothing can be sent or ordered. A page of another origin cannot read it there. A
 * new one for each process.
 */
final class Session implements HttpHandler {
    private static final int TOKEN_BITS = 128;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String secret =
            new BigInteger(TOKEN_BITS, new SecureRandom()).setBit(TOKEN_BITS).toString(16);

    private final List<TestedModel> tested = TestedModel.bundled();
    private final Map<String, List<PublishedErrors>> published =
            CellModels.all().stream().collect(Collectors.toMap(CellModel::id, PublishedErrors::of));

    Token token() {
        return new Token(secret);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        boolean local = exchange.getLocalAddress().getAddress().isLoopbackAddress();
        Map<String, Object> session = Map.of(
                "token", local ? secret : "", "cellModels", CellModels.all(), "tested", tested, "published", published);
        HttpEndpoint.send(exchange, 200, "application/json", JSON.writeValueAsBytes(session));
    }
}
