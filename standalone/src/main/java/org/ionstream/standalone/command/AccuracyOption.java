package org.ionstream.standalone.command;

import picocli.CommandLine.Option;

/** How wrong an answer of the surrogate may be. */
final class AccuracyOption {
    @Option(
            names = "--largest-error",
            paramLabel = "X",
            defaultValue = "${env:IONSTREAM_LARGEST_ERROR:-0.1}",
            description =
                    "Relative L2 error that the surrogate may have, for senders who do not say what they accept: where its "
                            + "bound is above, the reference answers. The environment variable IONSTREAM_LARGEST_ERROR replaces the "
                            + "default. Default: ${DEFAULT-VALUE}")
    private double largestError;

    double largestError() {
        return largestError;
    }
}
