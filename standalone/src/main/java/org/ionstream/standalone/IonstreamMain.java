package org.ionstream.standalone;

import org.ionstream.standalone.command.AccuracyCommand;
import org.ionstream.standalone.command.BenchCommand;
import org.ionstream.standalone.command.BiomarkersCommand;
import org.ionstream.standalone.command.BrokerCommand;
import org.ionstream.standalone.command.CellsCommand;
import org.ionstream.standalone.command.CompareCommand;
import org.ionstream.standalone.command.DatasetCommand;
import org.ionstream.standalone.command.DlqCommand;
import org.ionstream.standalone.command.DoctorCommand;
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
            SimulateCommand.class,
            BiomarkersCommand.class,
            CompareCommand.class,
            RestitutionCommand.class,
            PublishCommand.class,
            WatchCommand.class,
            RetrainCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            StatusCommand.class,
            DatasetCommand.class,
            TrainCommand.class,
            TuneCommand.class,
            EvaluateCommand.class,
            ExportCommand.class,
            TrustCommand.class,
            ScenarioCommand.class,
            ModelCommand.class,
            BenchCommand.class,
            AccuracyCommand.class,
            DoctorCommand.class,
            PlanCommand.class,
            DlqCommand.class,
            CellsCommand.class,
            SchemaCommand.class,
            GenerateCompletion.class
        })
public final class IonstreamMain {
    private IonstreamMain() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    public static CommandLine commandLine() {
        return new CommandLine(new IonstreamMain());
    }
}
