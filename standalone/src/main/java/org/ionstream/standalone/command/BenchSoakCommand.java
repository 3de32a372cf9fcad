package org.ionstream.standalone.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ionstream.standalone.broker.EmbeddedBroker;
import org.ionstream.standalone.soak.Soak;
import org.ionstream.standalone.soak.SoakPlot;
import org.ionstream.standalone.soak.SoakReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether a long run keeps what it should give back. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description =
                "Runs the whole simulator and looks at heap after collection, classes and compiled code, native memory after a trim, "
                        + "all resident memory, file descriptors and threads; says of each by how much it grows in an hour, with an "
                        + "interval, and whether that is more than 5 %%. Exit code 1 if one surely does. The first third does not "
                        + "count: buffers fill, and the first training loads its engine; an hour has the time for that. Native "
                        + "memory can only be told from a heap that is there from the start: give the JVM -XX:+AlwaysPreTouch and "
                        + "-Xms as large as -Xmx.",
        footerHeading = "%nExample:%n",
        footer =
                "  java -Xms1g -Xmx1g -XX:+AlwaysPreTouch -jar standalone/target/ionstream.jar bench soak --minutes=60 --out=soak")
public final class BenchSoakCommand implements Callable<Integer> {
    private static final String PLOT = "soak";
    private static final int LOOKS = 240;

    @Spec
    private CommandSpec spec;

    @Option(names = "--minutes", defaultValue = "60", description = "After the first answer. Default: ${DEFAULT-VALUE}")
    private double minutes;

    @Option(
            names = "--every-seconds",
            paramLabel = "SECONDS",
            description = "Looks at the process. Default: 240 looks in all")
    private Double everySeconds;

    @Option(
            names = "--state",
            paramLabel = "DIRECTORY",
            defaultValue = "ionstream-soak",
            description = "Of the simulator, and of its log. Default: ${DEFAULT-VALUE}")
    private Path state;

    @Option(names = "--out", paramLabel = "FOLDER", description = "Gets the plot, soak.png and .svg. Default: no plot")
    private Path out;

    @Mixin
    private SimulatorOptions simulator;

    @Mixin
    private Reporting reporting;

    @Override
    public Integer call() throws InterruptedException {
        try {
            ReportFormat format = reporting.format();
            double between = everySeconds == null ? minutes * 60 / LOOKS : everySeconds;
            Soak soak = new Soak(simulator.settings(state, EmbeddedBroker.freePort(), 0), minutes, between);
            reporting.tell("soaking for %s min, log in %s".formatted(minutes, RunLog.into(state)));
            SoakReport report = soak.run();
            format.print(report, spec.commandLine().getOut(), report::print);
            if (out != null) {
                SoakPlot.of(report).write(out, PLOT).forEach(file -> reporting.tell("wrote " + file));
            }
            return report.isSound() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }
}
