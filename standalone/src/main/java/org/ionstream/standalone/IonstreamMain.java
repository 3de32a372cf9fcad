package org.ionstream.standalone;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ionstream.standalone.command.AccuracyCommand;
import org.ionstream.standalone.command.AclsCommand;
import org.ionstream.standalone.command.BenchCommand;
import org.ionstream.standalone.command.BiomarkersCommand;
import org.ionstream.standalone.command.BrokerCommand;
import org.ionstream.standalone.command.CellsCommand;
import org.ionstream.standalone.command.CompareCommand;
import org.ionstream.standalone.command.DashboardCommand;
import org.ionstream.standalone.command.DatasetCommand;
import org.ionstream.standalone.command.DlqCommand;
import org.ionstream.standalone.command.DoctorCommand;
import org.ionstream.standalone.command.DriftCommand;
import org.ionstream.standalone.command.EvaluateCommand;
import org.ionstream.standalone.command.ExportCommand;
import org.ionstream.standalone.command.ModelCommand;
import org.ionstream.standalone.command.PauseCommand;
import org.ionstream.standalone.command.PlanCommand;
import org.ionstream.standalone.command.PublishCommand;
import org.ionstream.standalone.command.ReferenceCommand;
import org.ionstream.standalone.command.RestitutionCommand;
import org.ionstream.standalone.command.ResumeCommand;
import org.ionstream.standalone.command.RetrainCommand;
import org.ionstream.standalone.command.RunCommand;
import org.ionstream.standalone.command.ScenarioCommand;
import org.ionstream.standalone.command.SchemaCommand;
import org.ionstream.standalone.command.SimulateCommand;
import org.ionstream.standalone.command.StatusCommand;
import org.ionstream.standalone.command.SurrogateCommand;
import org.ionstream.standalone.command.TopicsCommand;
import org.ionstream.standalone.command.TrainCommand;
import org.ionstream.standalone.command.TrainerCommand;
import org.ionstream.standalone.command.TrustCommand;
import org.ionstream.standalone.command.TuneCommand;
import org.ionstream.standalone.command.WatchCommand;
import org.ionstream.standalone.run.Simulator;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line. */
@Command(
        name = "ionstream",
        mixinStandardHelpOptions = true,
        version = "ionstream " + Simulator.REVISION,
        description = "A message-driven streaming simulator of ionic cell models.",
        subcommands = {
            RunCommand.class,
            BrokerCommand.class,
            TopicsCommand.class,
            SurrogateCommand.class,
            ReferenceCommand.class,
            TrainerCommand.class,
            DashboardCommand.class,
            SimulateCommand.class,
            BiomarkersCommand.class,
            CompareCommand.class,
            RestitutionCommand.class,
            PublishCommand.class,
            WatchCommand.class,
            ExportCommand.class,
            DriftCommand.class,
            RetrainCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            StatusCommand.class,
            DatasetCommand.class,
            TrainCommand.class,
            TuneCommand.class,
            EvaluateCommand.class,
            TrustCommand.class,
            ScenarioCommand.class,
            ModelCommand.class,
            BenchCommand.class,
            AccuracyCommand.class,
            DoctorCommand.class,
            PlanCommand.class,
            DlqCommand.class,
            AclsCommand.class,
            CellsCommand.class,
            SchemaCommand.class,
            GenerateCompletion.class
        })
public final class IonstreamMain {
    private static final Map<String, String> EXIT_CODES = new TreeMap<>(Map.of(
            "0", "done, or stopped by whoever started it", "1", "it failed", "2", "options or input that are wrong"));

    private static final String CONFIGURATION = "--config";

    @Option(
            names = CONFIGURATION,
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description =
                    "Properties for options that are not given: NAME=VALUE, or COMMAND.NAME=VALUE. The environment variable "
                            + "IONSTREAM_NAME goes before the file")
    private Path configuration;

    private IonstreamMain() {}

    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** @return the exit code */
    static int execute(String... arguments) {
        CommandLine commandLine = commandLine();
        try {
            commandLine.setDefaultValueProvider(
                    new OptionDefaults(System.getenv(), configuration(commandLine, arguments)));
        } catch (IllegalArgumentException e) {
            commandLine.getErr().println("ionstream: " + e.getMessage());
            commandLine.getErr().flush();
            return CommandLine.ExitCode.USAGE;
        }
        return commandLine.execute(arguments);
    }

    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new IonstreamMain());
        documentExitCodes(commandLine);
        return commandLine;
    }

    /** Read before the other arguments, whose defaults it has. */
    private static Properties configuration(CommandLine commandLine, String... arguments) {
        for (String argument : arguments) {
            if (argument.equals(CONFIGURATION)) {
                throw new IllegalArgumentException("write %s=FILE".formatted(CONFIGURATION));
            }
            if (argument.startsWith(CONFIGURATION + "=")) {
                Set<String> known = options(commandLine).collect(Collectors.toSet());
                return OptionDefaults.read(Path.of(argument.substring(CONFIGURATION.length() + 1)), known);
            }
        }
        return new Properties();
    }

    private static Stream<String> options(CommandLine command) {
        return Stream.concat(
                command.getCommandSpec().options().stream().map(OptionDefaults::name),
                command.getSubcommands().values().stream().flatMap(IonstreamMain::options));
    }

    private static void documentExitCodes(CommandLine commandLine) {
        commandLine
                .getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(EXIT_CODES);
        commandLine.getSubcommands().values().forEach(IonstreamMain::documentExitCodes);
    }
}
