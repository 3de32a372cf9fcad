package org.ionstream.standalone.command;

import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import picocli.CommandLine.Option;

/** How models are run: options of the surrogate and of the trainer, which examines challengers as they will be served. */
final class ServingOptions {
    @Option(
            names = "--device",
            defaultValue = "${env:IONSTREAM_DEVICE:-auto}",
            description = "auto, cpu or cuda; environment variable IONSTREAM_DEVICE. Default: ${DEFAULT-VALUE}")
    private String device;

    @Option(
            names = "--threads",
            defaultValue = "1",
            description = "Of the CPU within one operator; 0: one per core. Default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(
            names = "--largest-batch",
            defaultValue = "64",
            description = "Protocols in one run of the model, a power of two. Default: ${DEFAULT-VALUE}")
    private int largestBatch;

    FnoPredictor.Settings settings() {
        return new FnoPredictor.Settings(ComputeDevice.parse(device), threads, largestBatch);
    }
}
