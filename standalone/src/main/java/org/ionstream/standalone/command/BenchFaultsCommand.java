package org.ionstream.standalone.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ionstream.standalone.faults.FaultDrill;
import org.ionstream.standalone.faults.FaultReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Kills, stops and freezes the parts of a stream under load, and counts what was answered. */
@Command(
        name = "faults",
        mixinStandardHelpOptions = true,
        description =
                "Starts a broker, two surrogates and two references as processes, and while protocols are published kills, stops "
                        + "and freezes them one after the other. At the end every protocol has one prediction and every audited one "
                        + "one reference, or the exit code is 1.",
        footerHeading = "%nExamples:%n",
        footer = {"  ionstream bench faults", "  ionstream bench faults --protocols=2000 --faults=3 --format=json"})
public final class BenchFaultsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--protocols", defaultValue = "20000", description = "Published in all. Default: ${DEFAULT-VALUE}")
    private int protocols;

    @Option(names = "--rate", defaultValue = "100", description = "Protocols per second. Default: ${DEFAULT-VALUE}")
    private double perSecond;

    @Option(
            names = "--faults",
            defaultValue = "8",
            description = "The first so many of eight. Default: ${DEFAULT-VALUE}")
    private int faults;

    @Mixin
    private Reporting reporting;

    @Override
    public Integer call() throws InterruptedException {
        try {
            ReportFormat format = reporting.format();
            Path directory = Files.createTempDirectory("ionstream-faults");
            RunLog.into(directory);
            reporting.tell("logs are in " + directory);
            FaultReport report = new FaultDrill(
                            new FaultDrill.Settings(protocols, perSecond, faults), directory, reporting::tell)
                    .run();
            format.print(report, spec.commandLine().getOut(), out -> print(report, out));
            return report.isExactlyOnce() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory for the logs", e);
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private static void print(FaultReport report, PrintWriter out) {
        out.printf("%-60s %s%n", "a protocol waited, at the longest, for its", "prediction  reference");
        report.faults()
                .forEach(fault -> out.printf(
                        "%-60s %8.1f s %8.1f s%n",
                        fault.title(), fault.longestWaitSeconds(), fault.longestReferenceWaitSeconds()));
        print("predictions", report.predictions(), out);
        print("references", report.references(), out);
    }

    private static void print(String answers, FaultReport.Tally tally, PrintWriter out) {
        out.printf(
                "%,d %s wanted: %d lost, %d doubled, %d that nobody asked for%n",
                tally.wanted(), answers, tally.lost(), tally.doubled(), tally.strange());
    }
}
