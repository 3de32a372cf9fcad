package org.ionstream.standalone;

import org.ionstream.standalone.command.EvaluateCommand;
import org.ionstream.standalone.command.PublishCommand;
import org.ionstream.standalone.command.RetrainCommand;
import org.ionstream.standalone.command.RunCommand;
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
        subcommands = {
            RunCommand.class,
            PublishCommand.class,
            WatchCommand.class,
            RetrainCommand.class,
            TrainCommand.class,
            EvaluateCommand.class
        })
public final class IonstreamMain {
    private IonstreamMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new IonstreamMain()).execute(arguments));
    }
}
