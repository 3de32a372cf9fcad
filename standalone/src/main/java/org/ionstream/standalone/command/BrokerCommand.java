package org.ionstream.standalone.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ionstream.standalone.broker.EmbeddedBroker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The embedded broker alone. */
@Command(
        name = "broker",
        mixinStandardHelpOptions = true,
        description =
                "Runs a Kafka broker of one node on the loopback interface, until it is stopped. For trying out and "
                        + "tests; an installation has a broker of its own.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream broker --state=/var/tmp/ionstream-broker --port=9092")
public final class BrokerCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerCommand.class);

    @Mixin
    private StageProcess process;

    @Option(
            names = "--state",
            paramLabel = "DIRECTORY",
            defaultValue = "ionstream-state/broker",
            description = "The broker's log; delete it to begin anew. Default: ${DEFAULT-VALUE}")
    private Path state;

    @Option(
            names = "--port",
            defaultValue = "9092",
            description = "Of the broker; the next one is its controller's. Default: ${DEFAULT-VALUE}")
    private int port;

    @Override
    public Integer call() throws InterruptedException {
        return process.run(meters -> {
            LOG.info("broker with state={}, port={}", state.toAbsolutePath(), port);
            return new StageProcess.Running(new EmbeddedBroker(state, port), () -> true, Optional::empty);
        });
    }
}
