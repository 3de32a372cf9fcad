package org.ionstream.standalone.command;

import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.ionstream.schemas.stream.Topics;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Creates and checks the topics; the stages create none. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "create|check",
        description = "Creates the topics of an installation, or checks that they are there and fit together.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream topics create --bootstrap-servers=localhost:9092 --partitions=4",
            "  ionstream topics check"
        })
public final class TopicsCommand {
    @Spec
    private CommandSpec spec;

    @Command(
            mixinStandardHelpOptions = true,
            description = "Creates the topics that are missing and checks all; those that are there stay as they are. "
                    + "With a schema registry, registers the schema of each.",
            footerHeading = "%nExample:%n",
            footer = "  ionstream topics create --partitions=4 --replication=3")
    int create(
            @Mixin KafkaOptions kafka,
            @Option(
                            names = "--partitions",
                            defaultValue = "${env:IONSTREAM_PARTITIONS:-4}",
                            description = "Of the topics that stages share among their processes; the environment "
                                    + "variable IONSTREAM_PARTITIONS replaces the default. Default: ${DEFAULT-VALUE}")
                    int partitions,
            @Option(
                            names = "--replication",
                            paramLabel = "REPLICAS",
                            defaultValue = "${env:IONSTREAM_REPLICATION:-1}",
                            description = "Copies of every record; the environment variable IONSTREAM_REPLICATION "
                                    + "replaces the default. Default: ${DEFAULT-VALUE}")
                    short replication) {
        return with(kafka, (admin, topics) -> {
            topics.create(admin, partitions, replication);
            topics.register();
        });
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Exit code 0 if all topics are there and those that are joined have equal partition counts, "
                    + "else 1.",
            footerHeading = "%nExample:%n",
            footer = "  ionstream topics check --prefix=ionstream.")
    int check(@Mixin KafkaOptions kafka) {
        return with(kafka, (admin, topics) -> topics.check(admin));
    }

    private int with(KafkaOptions kafka, BiConsumer<Admin, Topics> work) {
        Topics topics = kafka.topics();
        try (Admin admin = Admin.create(kafka.settings().common())) {
            work.accept(admin, topics);
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%d topics in order, prefix %s, at %s%n",
                            topics.names().count(),
                            topics.prefix(),
                            kafka.settings().bootstrapServers());
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }
}
