package org.ionstream.standalone.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Set;
import org.ionstream.schemas.operation.HttpEndpoint;

/**
 * Answers a loopback address only under its own names: a foreign name that was made to resolve to it (DNS rebinding) would
 * give a foreign page the rights of this one.
 */
public record SameHost(HttpHandler handler) implements HttpHandler {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        InetAddress address = exchange.getLocalAddress().getAddress();
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (address.isLoopbackAddress() && !LOOPBACK_NAMES.contains(name(host))) {
            HttpEndpoint.send(
                    exchange,
                    421,
                    "text/plain",
                    HttpEndpoint.bytes("not served under this name; open http://localhost\n"));
        } else {
            handler.handle(exchange);
        }
    }

    private static String name(String host) {
        return host == null ? "" : host.replaceFirst(":\\d+$", "");
    }
}
