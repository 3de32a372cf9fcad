package org.ionstream.standalone.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.ionstream.standalone.activity.Summary;
import org.ionstream.standalone.run.Simulator;
import org.ionstream.standalone.run.SimulatorSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The main job: everything in one process, until it is stopped. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description =
                "Runs the whole simulator in this process, with a Kafka broker of its own, and publishes protocols by "
                        + "itself: first single pulses as in the paper, then pulse trains and S1-S2, which the first champion has "
                        + "never seen. Ctrl-C stops it; started again on the same --state, it goes on.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream run --cell-model=hodgkin-huxley-1952 --state=/var/tmp/ionstream-hh")
public final class RunCommand implements Callable<Integer> {
    private static final long REDRAW_MS = 500;
    private static final double SECONDS_BETWEEN_PLAIN_LINES = 10;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--state",
            paramLabel = "DIRECTORY",
            defaultValue = "ionstream-state",
            description = "Broker log and all other state; delete it to begin anew. Default: ${DEFAULT-VALUE}")
    private Path state;

    @Option(
            names = "--port",
            defaultValue = "9092",
            description = "Of the broker; the next one is its controller's. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--page-port",
            defaultValue = "8080",
            description = "Of the status page, /metrics and /health/ready. Default: ${DEFAULT-VALUE}")
    private int pagePort;

    @Mixin
    private SimulatorOptions simulator;

    @Mixin
    private LogOption logOption;

    @Option(
            names = "--for-seconds",
            defaultValue = "0",
            description = "Stop by itself after this time; 0: run until stopped. Default: ${DEFAULT-VALUE}")
    private long forSeconds;

    @Override
    public Integer call() throws InterruptedException {
        StopSignal stop = StopSignal.handled();
        try {
            return run(stop);
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private Integer run(StopSignal stop) throws InterruptedException {
        SimulatorSettings settings = simulator.settings(state, port, pagePort);
        PrintWriter err = spec.commandLine().getErr();
        Path log = RunLog.into(settings.state());
        logOption.apply();
        err.printf(
                "starting, %s, all state and the log in %s ...%n",
                settings.cellModel().title(), log.getParent());
        err.flush();
        try (Simulator running = new Simulator(settings)) {
            running.start();
            err.printf(
                    "broker %s, status page %s, stop with Ctrl-C%n", running.bootstrapServers(), running.pageAddress());
            err.flush();
            watch(running, stop);
            err.printf("stopping: every stage finishes the batch in hand ...%n");
            err.flush();
            throwFailure(running);
        }
        err.printf("stopped; start again with the same --state to go on%n");
        return ExitCode.OK;
    }

    private void watch(Simulator running, StopSignal stop) throws InterruptedException {
        Summary summary = new Summary(System.out, System.console() != null, SECONDS_BETWEEN_PLAIN_LINES);
        long end = forSeconds == 0 ? Long.MAX_VALUE : System.nanoTime() + TimeUnit.SECONDS.toNanos(forSeconds);
        while (!stop.await(REDRAW_MS)
                && System.nanoTime() < end
                && running.failure().isEmpty()) {
            summary.show(running.activity());
        }
        summary.show(running.activity());
    }

    private static void throwFailure(Simulator running) {
        running.failure().ifPresent(fault -> {
            throw new IllegalStateException(
                    "a part ended (%s); see ionstream.log in the state directory".formatted(fault), fault);
        });
    }
}
