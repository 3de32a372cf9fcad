package org.ionstream.standalone.command;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.ionstream.schemas.operation.HttpEndpoint;
import picocli.CommandLine.Option;

/** Whether and where a process answers over HTTP. */
final class HttpOptions {
    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "${env:IONSTREAM_HTTP_PORT}",
            description =
                    "Serves GET /metrics (Prometheus) and /health/live, /health/started, /health/ready on this port. The "
                            + "environment variable IONSTREAM_HTTP_PORT names it too. Default: no HTTP")
    private Integer port;

    @Option(
            names = "--http-address",
            paramLabel = "ADDRESS",
            defaultValue = "${env:IONSTREAM_HTTP_ADDRESS:-localhost}",
            description = "To listen on; there is no TLS, so put a proxy before another one than the default. "
                    + "Default: ${DEFAULT-VALUE}")
    private String address;

    /** Empty: no HTTP. */
    Optional<HttpEndpoint> open() {
        return Optional.ofNullable(port)
                .map(chosen -> new HttpEndpoint(
                        new InetSocketAddress(address, chosen), "choose another with --http-address and --http-port"));
    }
}
