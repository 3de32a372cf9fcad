package org.ionstream.standalone.command;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command that reports speaks: the result on standard output, what it is at on standard error. */
final class Reporting {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--format", defaultValue = "text", description = "text or json. Default: ${DEFAULT-VALUE}")
    private String format;

    /** @throws IllegalArgumentException naming the formats: asked before the work, not after it */
    ReportFormat format() {
        return Choice.of(ReportFormat.class, "--format", format);
    }

    void tell(String line) {
        tell(command, line);
    }

    static void tell(CommandSpec command, String line) {
        PrintWriter err = command.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}
