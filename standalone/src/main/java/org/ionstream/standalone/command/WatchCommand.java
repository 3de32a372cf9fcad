package org.ionstream.standalone.command;

import java.io.PrintStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.ionstream.producer.watch.CsvPrinter;
import org.ionstream.producer.watch.JsonLinesPrinter;
import org.ionstream.producer.watch.ResultPrinter;
import org.ionstream.producer.watch.TablePrinter;
import org.ionstream.producer.watch.WatchedTopic;
import org.ionstream.producer.watch.Watcher;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints predictions and discrepancies as they come. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Prints predictions and discrepancies as they come, until interrupted.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream watch --what=predictions,discrepancies",
            "  ionstream watch --format=csv --variables=V --count=100 > trajectories.csv"
        })
public final class WatchCommand implements Callable<Integer> {
    private enum Format {
        TABLE,
        JSONL,
        CSV
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--what",
            split = ",",
            paramLabel = "RESULT",
            defaultValue = "predictions",
            description = "predictions, discrepancies or both, comma-separated. Default: ${DEFAULT-VALUE}")
    private List<String> what;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table (a line each, for people), jsonl (a JSON object each) or csv (a row per sample). "
                    + "Default: ${DEFAULT-VALUE}")
    private String format;

    @Option(
            names = "--variables",
            split = ",",
            paramLabel = "VARIABLE",
            description = "State variables in jsonl and csv, comma-separated. Default: all")
    private List<String> variables = List.of();

    @Option(names = "--from-beginning", description = "Also what the topics still hold, not only what comes")
    private boolean fromBeginning;

    @Option(
            names = "--count",
            defaultValue = "0",
            description = "Stop after so many results; 0: when interrupted. Default: ${DEFAULT-VALUE}")
    private long count;

    @Override
    public Integer call() {
        try {
            watch();
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private void watch() {
        Set<WatchedTopic> watched = watched();
        Format chosen = Choice.of(Format.class, "--format", format);
        if (chosen == Format.CSV && watched.contains(WatchedTopic.DISCREPANCIES)) {
            throw new IllegalArgumentException(
                    "--format=csv prints trajectories and a discrepancy has none; choose table or jsonl");
        }
        try (Watcher watcher = new Watcher(kafka.settings(), kafka.topics(), watched, fromBeginning);
                BeforeExit beforeExit = new BeforeExit(watcher::stop)) {
            watcher.watch(printer(chosen, System.out), count);
        }
    }

    private ResultPrinter printer(Format chosen, PrintStream out) {
        return switch (chosen) {
            case TABLE -> new TablePrinter(out);
            case JSONL -> new JsonLinesPrinter(out, variables);
            case CSV -> new CsvPrinter(out, variables);
        };
    }

    private Set<WatchedTopic> watched() {
        Set<WatchedTopic> watched = EnumSet.noneOf(WatchedTopic.class);
        what.forEach(name -> watched.add(Choice.of(WatchedTopic.class, "--what", name)));
        return watched;
    }
}
