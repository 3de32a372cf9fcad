package org.ionstream.standalone.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.ionstream.standalone.deadletter.DeadLetter;
import org.ionstream.standalone.deadletter.DeadLetterBox;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends dead letters back. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Sends dead letters back to the topic that they were read from, with their own key and bytes, once each: after the "
                        + "stage has learnt to read them. What it still cannot read becomes a new dead letter.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream dlq replay --topic=stimuli.v1 --reason='horizon 900 ms' --dry-run",
            "  ionstream dlq replay --topic=stimuli.v1 --all"
        })
public final class DlqReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--topic",
            required = true,
            paramLabel = "NAME",
            description = "That they were read from, as dlq list says")
    private String topic;

    @ArgGroup(multiplicity = "1")
    private Which which;

    /** Which letters. */
    private static final class Which {
        @Option(names = "--at", split = ",", paramLabel = "PLACE", description = "These, e.g. 0@12,1@7")
        private List<String> places;

        @Option(names = "--reason", paramLabel = "TEXT", description = "Those whose reason contains this")
        private String reason;

        @Option(names = "--all", description = "All of the topic")
        private boolean all;

        boolean has(DeadLetter letter) {
            return all
                    || places != null && places.contains(letter.place())
                    || reason != null && letter.reason().contains(reason);
        }
    }

    @Option(names = "--dry-run", description = "Only says which would be sent")
    private boolean dryRun;

    @Override
    public Integer call() {
        try {
            DeadLetterBox box = new DeadLetterBox(kafka.settings(), kafka.topics());
            LongAdder empty = new LongAdder();
            LongAdder sent = new LongAdder();
            PrintWriter out = spec.commandLine().getOut();
            Consumer<DeadLetter> sending = letter -> {
                sent.increment();
                out.printf("%s  %s%n", letter.place(), letter.reason());
            };
            if (dryRun) {
                box.read(box.topic(topic), letter -> {
                    if (chosen(letter, empty)) {
                        sending.accept(letter);
                    }
                });
            } else {
                box.replay(box.topic(topic), letter -> chosen(letter, empty), sending);
            }
            out.printf(
                    "%,d %s%s%n",
                    sent.sum(),
                    dryRun ? "would be sent back" : "sent back",
                    empty.sum() == 0
                            ? ""
                            : "; %,d have no bytes, they were too large to be kept or had none".formatted(empty.sum()));
            out.flush();
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    /** Whether it is to be sent; one that is wanted and has no bytes is counted. */
    private boolean chosen(DeadLetter letter, LongAdder empty) {
        if (!which.has(letter)) {
            return false;
        }
        if (letter.value() == null) {
            empty.increment();
        }
        return letter.value() != null;
    }
}
