package org.ionstream.standalone.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ionstream.standalone.broker.EmbeddedBroker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The embedded broker alone. */
@Command(
        name = "broker",
        mixinStandardHelpOptions = true,
        description = "Runs a Kafka broker of one node on the loopback interface, for trying the stages as processes.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream broker --state=/var/tmp/ionstream --port=9092")
public final class BrokerCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--state",
            paramLabel = "DIRECTORY",
            defaultValue = "ionstream-state",
            description = "Of its log. Default: ${DEFAULT-VALUE}")
    private Path state;

    @Option(
            names = "--port",
            defaultValue = "9092",
            description = "The next one is its controller's. Default: ${DEFAULT-VALUE}")
    private int port;

    @Override
    public Integer call() throws InterruptedException {
        StopSignal stop = new StopSignal();
        try (EmbeddedBroker broker = new EmbeddedBroker(state.resolve("broker"), port)) {
            spec.commandLine().getErr().printf("broker %s%n", broker.bootstrapServers());
            spec.commandLine().getErr().flush();
            return StageProcess.await(spec, stop, Optional::empty);
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }
}
