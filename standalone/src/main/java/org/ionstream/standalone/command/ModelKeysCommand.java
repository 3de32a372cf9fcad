package org.ionstream.standalone.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ionstream.surrogate.model.PemKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the keys that releases are signed with. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description =
                "Makes a pair of Ed25519 keys: the trainer signs releases with one, surrogates trust the other. If both are there "
                        + "nothing changes. Those of openssl genpkey -algorithm ed25519 are as good.",
        footerHeading = "%nExample:%n",
        footer = {
            "  ionstream model keys --signing-key=trainer/release.pem --trusted-key=release-trusted.pem",
            "  ionstream trainer --signing-key=trainer/release.pem --trusted-keys=release-trusted.pem",
            "  ionstream surrogate --trusted-keys=release-trusted.pem"
        })
public final class ModelKeysCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--signing-key",
            paramLabel = "FILE",
            required = true,
            description = "Gets the secret one, for its owner alone to read")
    private Path signing;

    @Option(names = "--trusted-key", paramLabel = "FILE", required = true, description = "Gets the public one")
    private Path trusted;

    @Override
    public Integer call() {
        try {
            boolean made = PemKeys.makePair(signing, trusted);
            Reporting.tell(spec, made ? "made %s and %s".formatted(signing, trusted) : "both are there already");
            return ExitCode.OK;
        } catch (IOException e) {
            return CommandErrors.report(spec, new UncheckedIOException("cannot write the keys: " + e, e));
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }
}
