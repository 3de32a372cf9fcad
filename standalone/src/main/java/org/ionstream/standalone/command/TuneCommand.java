package org.ionstream.standalone.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.broker.EmbeddedBroker;
import org.ionstream.standalone.tuning.LocalWorkers;
import org.ionstream.standalone.tuning.StudyPlots;
import org.ionstream.standalone.tuning.StudyText;
import org.ionstream.trainer.tuning.StudyReport;
import org.ionstream.trainer.tuning.StudyRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Searches for better hyperparameters. */
@Command(
        name = "tune",
        mixinStandardHelpOptions = true,
        subcommands = {TuneWorkerCommand.class, TuneOrderCommand.class},
        description =
                "Searches for hyperparameters of a cell model's network: a Tree-structured Parzen estimator proposes, "
                        + "successive halving stops what does not come forward, workers train. The first trial is the recipe that the "
                        + "search begins with. Without --bootstrap-servers it has a broker of its own in --state. Ctrl-C stops it; "
                        + "started again with the same options, also after a crash, it goes on, and with more --trials it goes further.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream tune --cell-model=fitzhugh-nagumo-1961 --trials=40 --seed=1 --largest-parameters=300000",
            "    --state=/var/tmp/ionstream-tuning --plots=plots",
            "  ionstream tune --bootstrap-servers=localhost:9092 --workers=0 --cell-model=hodgkin-huxley-1952 --trials=200"
        })
public final class TuneCommand implements Callable<Integer> {
    private static final int OWN_PARTITIONS = 16;
    private static final long SECONDS_BETWEEN_LINES = 15;

    @Spec
    private CommandSpec spec;

    @Option(names = "--cell-model", paramLabel = "ID", description = "e.g. fitzhugh-nagumo-1961")
    private String cellModel;

    @Mixin
    private StudyOptions options;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--study",
            paramLabel = "NAME",
            description = "Of the search, to go on with it. Default: cell model and seed")
    private String study;

    @Option(
            names = "--workers",
            defaultValue = "1",
            description = "Processes on this machine that train; 0: only those that are started with tune worker. "
                    + "With one the same search comes out again, with several what each trial knows of the others depends on "
                    + "who is faster. Default: ${DEFAULT-VALUE}")
    private int workers;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description = "Of the workers on this machine: cpu, cuda or auto. Default: ${DEFAULT-VALUE}")
    private String device;

    @Option(
            names = "--state",
            paramLabel = "DIRECTORY",
            defaultValue = "ionstream-state/tuning",
            description =
                    "Checkpoints, logs and, if it is this command's own, the broker's log; delete it to begin anew. "
                            + "Default: ${DEFAULT-VALUE}")
    private Path state;

    @Option(
            names = "--port",
            defaultValue = "9092",
            description = "Of the command's own broker; the next one is its controller's. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--plots",
            paramLabel = "FOLDER",
            description = "For tuning-history and tuning-parameters, each as PNG and SVG")
    private Path plots;

    @Mixin
    private Reporting reporting;

    @Override
    public Integer call() throws InterruptedException {
        StopSignal stop = StopSignal.handled();
        try {
            if (workers < 0) {
                throw new IllegalArgumentException("--workers is %d; give 0 or more".formatted(workers));
            }
            ReportFormat format = reporting.format();
            StudyRun.checkName(name());
            options.plan(cellModel);
            RunLog.into(state);
            StudyReport report = hasBroker() ? run(kafka.settings(), stop) : runWithBroker(stop);
            format.print(report, spec.commandLine().getOut(), out -> new StudyText(out).print(report));
            if (plots != null && !report.rows().isEmpty()) {
                StudyPlots.write(report, plots).forEach(file -> reporting.tell("wrote " + file));
            }
            return report.isFinished() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private String name() {
        return study == null ? options.defaultName(cellModel) : study;
    }

    private boolean hasBroker() {
        return spec.commandLine().getParseResult().hasMatchedOption("--bootstrap-servers")
                || System.getenv("IONSTREAM_BOOTSTRAP_SERVERS") != null;
    }

    private StudyReport runWithBroker(StopSignal stop) throws InterruptedException {
        try (EmbeddedBroker broker = new EmbeddedBroker(state.resolve("broker"), port)) {
            KafkaSettings own = new KafkaSettings(
                    broker.bootstrapServers(), kafka.settings().clientOverrides());
            try (Admin admin = Admin.create(own.common())) {
                kafka.topics().create(admin, OWN_PARTITIONS, (short) 1);
            }
            reporting.tell("broker %s, for more workers: ionstream tune worker --bootstrap-servers=%1$s --instance=NAME"
                    .formatted(broker.bootstrapServers()));
            return run(own, stop);
        }
    }

    private StudyReport run(KafkaSettings broker, StopSignal stop) throws InterruptedException {
        Topics topics = kafka.topics();
        try (Admin admin = Admin.create(broker.common())) {
            topics.check(admin);
        }
        String name = name();
        try (StudyRun running = new StudyRun(new StudyRun.Settings(broker, topics, name, options.plan(cellModel)))) {
            int before = running.report().rows().size();
            if (before > 0) {
                reporting.tell("study %s goes on, %d trials have a result".formatted(name, before));
            }
            try (LocalWorkers local = new LocalWorkers(workers, state, workerArguments(broker))) {
                watch(running, local, stop);
            }
            return running.report();
        }
    }

    private void watch(StudyRun running, LocalWorkers local, StopSignal stop) throws InterruptedException {
        long spokeNs = System.nanoTime();
        while (!running.isFinished() && !stop.await(0)) {
            running.advance();
            local.check();
            if (System.nanoTime() - spokeNs >= TimeUnit.SECONDS.toNanos(SECONDS_BETWEEN_LINES)) {
                reporting.tell(StudyText.progress(running.report(), running.begun()));
                spokeNs = System.nanoTime();
            }
        }
        if (!running.isFinished()) {
            reporting.tell("stopped; the same command goes on");
        }
    }

    private List<String> workerArguments(KafkaSettings broker) {
        List<String> arguments = new ArrayList<>(List.of(
                "--bootstrap-servers=" + broker.bootstrapServers(),
                "--prefix=" + kafka.topics().prefix(),
                "--state=" + state.toAbsolutePath(),
                "--device=" + device));
        arguments.addAll(kafka.clientArguments());
        return arguments;
    }
}
