package org.ionstream.standalone.command;

import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/** Runs one stage until it is asked to stop or ends by itself. */
final class StageProcess {
    private static final long LOOK_MS = 500;

    private StageProcess() {}

    /**
     * @param failure what ended a thread of the stage, if anything did
     * @return 0 after a stop, 1 after a failure
     */
    static int await(CommandSpec command, StopSignal stop, Supplier<Optional<Throwable>> failure)
            throws InterruptedException {
        while (!stop.await(LOOK_MS)) {
            if (failure.get().isPresent()) {
                command.commandLine()
                        .getErr()
                        .printf(
                                "%s: ended by %s%n",
                                command.qualifiedName(), failure.get().get());
                return ExitCode.SOFTWARE;
            }
        }
        return ExitCode.OK;
    }
}
