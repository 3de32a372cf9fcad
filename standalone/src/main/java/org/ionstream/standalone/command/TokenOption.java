package org.ionstream.standalone.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ionstream.trainer.http.Token;
import picocli.CommandLine.Option;

/** Whether commands are taken over HTTP, and from whom. */
final class TokenOption {
    /** A variable and no option: what stands on a command line, everyone on the machine can read. */
    private static final String TOKEN_VARIABLE = "IONSTREAM_HTTP_TOKEN";

    @Option(
            names = "--http-token-file",
            paramLabel = "FILE",
            defaultValue = "${env:IONSTREAM_HTTP_TOKEN_FILE}",
            description = "Has the token that commands to POST /commands must come with; the environment variable "
                    + TOKEN_VARIABLE + " may have the token itself. Default: no commands over HTTP")
    private Path file;

    Optional<Token> token() {
        if (file == null) {
            return Optional.ofNullable(System.getenv(TOKEN_VARIABLE)).map(Token::new);
        }
        try {
            return Optional.of(new Token(Files.readString(file).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the token from %s: %s".formatted(file, e), e);
        }
    }
}
