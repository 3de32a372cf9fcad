package org.ionstream.standalone.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ionstream.trainer.http.CommandServer;
import org.ionstream.trainer.http.Token;
import picocli.CommandLine.Option;

/** Whether and where commands are taken over HTTP. */
final class HttpOptions {
    /** A variable and no option: what stands on a command line, everyone on the machine can read. */
    private static final String TOKEN_VARIABLE = "IONSTREAM_HTTP_TOKEN";

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "${env:IONSTREAM_HTTP_PORT}",
            description =
                    "Takes commands by POST /commands and answers GET /health/ready on this port. The environment "
                            + "variable IONSTREAM_HTTP_PORT names it too. Default: no HTTP")
    private Integer port;

    @Option(
            names = "--http-address",
            paramLabel = "ADDRESS",
            defaultValue = "${env:IONSTREAM_HTTP_ADDRESS:-localhost}",
            description = "To listen on; there is no TLS, so put a proxy before another one than the default. "
                    + "Default: ${DEFAULT-VALUE}")
    private String address;

    @Option(
            names = "--http-token-file",
            paramLabel = "FILE",
            defaultValue = "${env:IONSTREAM_HTTP_TOKEN_FILE}",
            description = "Has the token that commands must come with; the environment variable " + TOKEN_VARIABLE
                    + " may have the token itself")
    private Path tokenFile;

    /** Empty: no HTTP. Throws {@link IllegalArgumentException} if there is a port and no token. */
    Optional<CommandServer.Settings> settings() {
        return Optional.ofNullable(port)
                .map(chosen -> new CommandServer.Settings(new InetSocketAddress(address, chosen), new Token(token())));
    }

    private String token() {
        if (tokenFile == null) {
            return Optional.ofNullable(System.getenv(TOKEN_VARIABLE))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "--http-port without a token; write one into a file for --http-token-file, or into "
                                    + TOKEN_VARIABLE));
        }
        try {
            return Files.readString(tokenFile).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the token from %s: %s".formatted(tokenFile, e), e);
        }
    }
}
