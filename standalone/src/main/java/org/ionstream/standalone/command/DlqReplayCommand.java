package org.ionstream.standalone.command;

import java.util.List;
import java.util.concurrent.Callable;
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
            List<DeadLetter> chosen =
                    box.content(topic).waiting().stream().filter(which::has).toList();
            List<DeadLetter> kept =
                    chosen.stream().filter(letter -> letter.value() != null).toList();
            if (!dryRun) {
                box.replay(box.topic(topic), kept);
            }
            var out = spec.commandLine().getOut();
            kept.forEach(letter -> out.printf("%s  %s%n", letter.place(), letter.reason()));
            out.printf(
                    "%,d %s%s%n",
                    kept.size(),
                    dryRun ? "would be sent back" : "sent back",
                    kept.size() == chosen.size()
                            ? ""
                            : "; %,d have no bytes, they were too large to be kept or had none"
                                    .formatted(chosen.size() - kept.size()));
            out.flush();
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }
}
