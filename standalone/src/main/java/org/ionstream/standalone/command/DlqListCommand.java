package org.ionstream.standalone.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.standalone.deadletter.DeadLetter;
import org.ionstream.standalone.deadletter.DeadLetterBox;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the dead letters. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description =
                "The dead letters of every topic that wait, with the stage that could not understand them and the reason.",
        footerHeading = "%nExamples:%n",
        footer = {"  ionstream dlq list", "  ionstream dlq list --most=100 --format=json"})
public final class DlqListCommand implements Callable<Integer> {
    private static final int LONGEST_REASON = 110;
    private static final Comparator<Row> OLDEST_FIRST = Comparator.comparing(Row::at);

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--most",
            defaultValue = "20",
            description = "Letters of each topic that are listed, the newest. Default: ${DEFAULT-VALUE}")
    private int most;

    @Mixin
    private Reporting reporting;

    /**
     * @param waiting dead letters in all
     * @param replayed that no longer wait
     * @param newest of those that wait
     */
    record Listed(String topic, long waiting, long replayed, List<Row> newest) {}

    record Row(String place, String at, String stage, int bytes, String reason) {
        static Row of(DeadLetter letter) {
            return new Row(letter.place(), letter.at(), letter.stage(), letter.bytes(), letter.reason());
        }
    }

    @Override
    public Integer call() {
        try {
            if (most < 0) {
                throw new IllegalArgumentException("%d letters to list; give 0 or more".formatted(most));
            }
            ReportFormat format = reporting.format();
            DeadLetterBox box = new DeadLetterBox(kafka.settings(), kafka.topics());
            List<Listed> listed = new ArrayList<>();
            box.topics().forEach(topic -> listed.add(listed(box, topic)));
            listed.removeIf(topic -> topic.waiting() == 0 && topic.replayed() == 0);
            format.print(listed, spec.commandLine().getOut(), out -> print(listed, out));
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private Listed listed(DeadLetterBox box, Topic<?> topic) {
        PriorityQueue<Row> newest = new PriorityQueue<>(OLDEST_FIRST);
        DeadLetterBox.Counts counts = box.read(topic, letter -> {
            newest.add(Row.of(letter));
            if (newest.size() > most) {
                newest.remove();
            }
        });
        return new Listed(
                counts.topic(),
                counts.waiting(),
                counts.replayed(),
                newest.stream().sorted(OLDEST_FIRST).toList());
    }

    private static void print(List<Listed> topics, PrintWriter out) {
        if (topics.isEmpty()) {
            out.println("no dead letters");
        }
        for (Listed topic : topics) {
            out.printf("%s: %,d wait, %,d replayed%n", topic.topic(), topic.waiting(), topic.replayed());
            for (Row row : topic.newest()) {
                String reason = row.reason().length() <= LONGEST_REASON
                        ? row.reason()
                        : row.reason().substring(0, LONGEST_REASON) + "...";
                out.printf(
                        "  %-10s %-24s %-22s %,9d bytes  %s%n",
                        row.place(), row.at(), row.stage(), row.bytes(), reason);
            }
        }
    }
}
