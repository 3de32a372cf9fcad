package org.ionstream.standalone.command;

import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Creates the topics that are missing and checks those that are there. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description =
                "Creates the topics that are missing, checks that joined ones have equal partition counts, lists all.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream topics --bootstrap-servers=kafka:9092 --partitions=12 --replication=3")
public final class TopicsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--partitions",
            defaultValue = "4",
            description = "Of the topics that are shared out. Default: ${DEFAULT-VALUE}")
    private int partitions;

    @Option(names = "--replication", defaultValue = "1", description = "Copies. Default: ${DEFAULT-VALUE}")
    private short replication;

    @Override
    public Integer call() {
        try (Admin admin = Admin.create(kafka.settings().common())) {
            kafka.topics().create(admin, partitions, replication);
            kafka.topics().names().forEach(spec.commandLine().getOut()::println);
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }
}
