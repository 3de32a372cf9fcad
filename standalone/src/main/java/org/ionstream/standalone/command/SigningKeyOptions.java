package org.ionstream.standalone.command;

import java.nio.file.Path;
import java.util.Optional;
import org.ionstream.surrogate.model.ReleaseKeys;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who releases models, and whose are taken from the topics. */
final class SigningKeyOptions {
    @Option(
            names = "--signing-key",
            paramLabel = "FILE",
            description = "Private Ed25519 key in a PEM file that signs releases; model keys makes a pair")
    private Path signing;

    @Mixin
    private ReleaseKeyOptions trust;

    /** @throws IllegalArgumentException if a key cannot be read, or what is released would be refused */
    ReleaseKeys keys() {
        if (signing == null && !trust.isUnsignedAllowed()) {
            throw new IllegalArgumentException(
                    "without --signing-key nobody would serve what is released; give it with --trusted-keys (model keys makes a "
                            + "pair), or --allow-unsigned on a broker that nobody else can write to");
        }
        return trust.keys(Optional.ofNullable(signing));
    }
}
