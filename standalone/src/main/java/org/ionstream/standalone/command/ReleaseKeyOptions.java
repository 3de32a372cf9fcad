package org.ionstream.standalone.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ionstream.surrogate.model.ReleaseKeys;
import picocli.CommandLine.Option;

/** Whose models are taken from the topics. */
final class ReleaseKeyOptions {
    @Option(
            names = "--trusted-keys",
            split = ",",
            paramLabel = "FILE",
            description = "Public Ed25519 keys in PEM files of all whose models are served; model keys makes a pair")
    private List<Path> trusted = List.of();

    @Option(
            names = "--allow-unsigned",
            description =
                    "Models without a signature are served too, and without --trusted-keys all: for a broker that nobody "
                            + "else can write to")
    private boolean unsignedAllowed;

    /** @throws IllegalArgumentException if a key cannot be read, or no model could be served */
    ReleaseKeys keys() {
        return keys(Optional.empty());
    }

    /** For a look around: any release, unless keys are given. */
    ReleaseKeys keysIfGiven() {
        return trusted.isEmpty() ? ReleaseKeys.NONE : keys();
    }

    /**
     * The same, to sign with.
     *
     * @throws IllegalArgumentException if what is released would be refused
     */
    ReleaseKeys keys(Optional<Path> signing) {
        return ReleaseKeys.read(signing, trusted, unsignedAllowed);
    }

    boolean isUnsignedAllowed() {
        return unsignedAllowed;
    }
}
