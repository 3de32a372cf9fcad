package org.ionstream.standalone.command;

import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import picocli.CommandLine.Option;

/** How surrogate models are run, in service and when a challenger is examined. */
final class ServingOptions {
    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "${env:IONSTREAM_DEVICE:-auto}",
            description = "auto, cpu or cuda; the environment variable IONSTREAM_DEVICE replaces the default. "
                    + "Default: ${DEFAULT-VALUE}")
    private String device;

    @Option(
            names = "--threads",
            defaultValue = "1",
            description = "Of the CPU within one operator; 0: one per core. Default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(
            names = "--largest-batch",
            defaultValue = "32",
            description = "Protocols predicted at once, a power of two. Default: ${DEFAULT-VALUE}")
    private int largestBatch;

    /** @throws IllegalArgumentException naming the bad value */
    FnoPredictor.Settings settings() {
        return new FnoPredictor.Settings(ComputeDevice.parse(device), threads, largestBatch);
    }
}
