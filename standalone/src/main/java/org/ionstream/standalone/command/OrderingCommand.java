package org.ionstream.standalone.command;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Command;
import org.ionstream.schemas.message.CommandKind;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.stream.Topics;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Orders the trainer something on the commands topic and waits for the answer. */
@CommandLine.Command(mixinStandardHelpOptions = true)
abstract class OrderingCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(200);

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(names = "--cell-model", paramLabel = "ID", required = true, description = "Which the order is about")
    private String cellModel;

    @Option(names = "--why", defaultValue = "by hand", description = "For the record. Default: ${DEFAULT-VALUE}")
    private String why;

    @Option(
            names = "--wait-seconds",
            defaultValue = "1800",
            description = "Longest wait for the end; 0: only send. Default: ${DEFAULT-VALUE}")
    private long waitSeconds;

    private final CommandKind kind;

    OrderingCommand(CommandKind kind) {
        this.kind = kind;
    }

    /** What else the order says. */
    void complete(Command.Builder command) {}

    String cellModel() {
        return CellModels.byId(cellModel).id();
    }

    @Override
    public Integer call() {
        try {
            return order();
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private int order() {
        Topics topics = kafka.topics();
        Command.Builder order = Command.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setCellModel(cellModel())
                .setKind(kind)
                .setWhy(why)
                .setIssuedAtMs(System.currentTimeMillis());
        complete(order);
        Command command = order.build();
        try (var consumer = new KafkaConsumer<byte[], byte[]>(kafka.settings().reader())) {
            List<TopicPartition> results = List.of(new TopicPartition(topics.commandResults.name(), 0));
            consumer.assign(results);
            consumer.seekToEnd(results);
            consumer.position(results.get(0));
            send(topics, command);
            print("ordered, command %s".formatted(command.getId()));
            return waitSeconds == 0 ? ExitCode.OK : await(topics, command, consumer);
        }
    }

    private void send(Topics topics, Command command) {
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.settings().producer())) {
            topics.commands.message(command.getCellModel(), command).deliver(producer);
        }
    }

    private int await(Topics topics, Command command, KafkaConsumer<byte[], byte[]> consumer) {
        long end = System.nanoTime() + Duration.ofSeconds(waitSeconds).toNanos();
        while (System.nanoTime() < end) {
            for (ConsumerRecord<byte[], byte[]> received : consumer.poll(POLL)) {
                CommandResult result = topics.commandResults.wire().decode(received.value());
                if (!result.getCommandId().equals(command.getId())) {
                    continue;
                }
                print("%s: %s".formatted(result.getStatus(), result.getDetail()));
                if (result.getStatus() != CommandStatus.ACCEPTED) {
                    return result.getStatus() == CommandStatus.FINISHED ? ExitCode.OK : ExitCode.SOFTWARE;
                }
            }
        }
        throw new IllegalStateException(
                "no result after %d s; the trainer may be down or still at work".formatted(waitSeconds));
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
