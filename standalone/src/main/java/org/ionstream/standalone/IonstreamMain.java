package org.ionstream.standalone;

import org.ionstream.standalone.command.PublishCommand;
import org.ionstream.standalone.command.TrainCommand;
import org.ionstream.standalone.command.WatchCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "ionstream",
        mixinStandardHelpOptions = true,
        version = "ionstream 0.1.0",
        description = "A message-driven streaming simulator of ionic cell models.",
        subcommands = {PublishCommand.class, WatchCommand.class, TrainCommand.class})
public final class IonstreamMain {
    private IonstreamMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new IonstreamMain()).execute(arguments));
    }
}
