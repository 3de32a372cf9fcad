package org.ionstream.standalone.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.stream.TopicFollower;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what the drift watch has found. */
@Command(
        name = "drift",
        mixinStandardHelpOptions = true,
        description =
                "The newest window of audits of each cell model: errors beside those at release, coverage of the bands, "
                        + "drift of the inputs, share left to the reference, and what is beyond its limits.",
        footerHeading = "%nExamples:%n",
        footer = {"  ionstream drift", "  ionstream drift --follow --format=jsonl"})
public final class DriftCommand implements Callable<Integer> {
    private static final String ROW = "%-22s %-32s %7s %-16s %8s %8s %9s %9s %7s  %s%n";
    private static final double A_PERCENT = 100;

    private enum Format {
        TABLE,
        JSONL
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table (errors and shares in percent) or jsonl (a report each, as on the topic). Default: "
                    + "${DEFAULT-VALUE}")
    private String format;

    @Option(names = "--follow", description = "Goes on with each window that closes, until interrupted")
    private boolean follow;

    @Override
    public Integer call() {
        try {
            Format chosen = Choice.of(Format.class, "--format", format);
            kafka.checkTopics();
            print(chosen);
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private void print(Format chosen) {
        Map<String, DriftReport> newest = new TreeMap<>();
        TopicFollower follower = new TopicFollower("drift", kafka.settings());
        follower.follow(kafka.topics().drift, (report, received) -> {
            if (follower.isCaughtUp()) {
                print(chosen, List.of(report));
            } else {
                newest.put(report.getCellModel(), report);
            }
        });
        try (BeforeExit beforeExit = new BeforeExit(follower::stop)) {
            follower.readToEnd();
            if (newest.isEmpty() && !follow) {
                throw new IllegalStateException(
                        "no window of audits is closed yet; a trainer closes one when enough protocols are solved too");
            }
            if (chosen == Format.TABLE) {
                header();
            }
            print(chosen, List.copyOf(newest.values()));
            if (follow) {
                follower.run();
            }
        }
    }

    private void header() {
        spec.commandLine()
                .getOut()
                .printf(
                        ROW,
                        "CELL MODEL",
                        "MODEL",
                        "WINDOW",
                        "STATE",
                        "MEDIAN",
                        "RELEASE",
                        "COVERAGE",
                        "INPUTS",
                        "ROUTED",
                        "BEYOND ITS LIMITS");
    }

    private void print(Format chosen, List<DriftReport> reports) {
        PrintWriter out = spec.commandLine().getOut();
        switch (chosen) {
            case TABLE -> reports.forEach(report -> row(report, out));
            case JSONL -> reports.forEach(out::println);
        }
        out.flush();
    }

    private static void row(DriftReport report, PrintWriter out) {
        double inputs = report.getInputDrift().values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        out.printf(
                ROW,
                report.getCellModel(),
                report.getModelId(),
                report.getWindow(),
                report.getState().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                percent(report.getMedianRelativeL2()),
                percent(report.getExpectedRelativeL2()),
                report.getCoverage() == null ? "-" : percent(report.getCoverage()),
                String.format(Locale.ROOT, "%.2f", inputs),
                percent(report.getRoutedShare()),
                report.getCause());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", A_PERCENT * share);
    }
}
