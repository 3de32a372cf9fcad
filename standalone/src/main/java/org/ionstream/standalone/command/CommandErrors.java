package org.ionstream.standalone.command;

import java.io.UncheckedIOException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.ionstream.producer.PublishFailedException;
import org.ionstream.producer.file.ProtocolFileException;
import org.ionstream.schemas.protocol.InvalidProtocolException;
import org.ionstream.surrogate.fno.UnusableModelException;
import org.ionstream.trainer.data.UnusableDatasetException;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/** Tells a user of the command line what went wrong: one line on standard error and an exit code. */
final class CommandErrors {
    private CommandErrors() {}

    /**
     * @return 2 for bad input, 1 for a failure
     * @throws RuntimeException the same one if it is neither, a bug
     */
    static int report(CommandSpec command, RuntimeException error) {
        int exitCode = exitCode(error);
        command.commandLine().getErr().printf("%s: %s%n", command.qualifiedName(), oneLine(error));
        command.commandLine().getErr().flush();
        return exitCode;
    }

    private static int exitCode(RuntimeException error) {
        if (error instanceof IllegalArgumentException
                || error instanceof ProtocolFileException
                || error instanceof InvalidProtocolException
                || error instanceof UnusableModelException
                || error instanceof UnusableDatasetException
                || error instanceof ConfigException
                || error.getCause() instanceof ConfigException) {
            return ExitCode.USAGE;
        }
        if (error instanceof PublishFailedException
                || error instanceof KafkaException
                || error instanceof IllegalStateException
                || error instanceof UncheckedIOException) {
            return ExitCode.SOFTWARE;
        }
        throw error;
    }

    /** Kafka says in the cause what a user needs to know. */
    private static String oneLine(RuntimeException error) {
        boolean causeSaysMore = error instanceof KafkaException
                && error.getCause() != null
                && error.getCause().getMessage() != null;
        String message =
                causeSaysMore ? error.getMessage() + ": " + error.getCause().getMessage() : error.getMessage();
        return String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
    }
}
