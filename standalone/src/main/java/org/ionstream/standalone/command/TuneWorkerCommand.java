package org.ionstream.standalone.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.trainer.tuning.TrialWorker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains trials of studies, in a process of its own. */
@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        description =
                "Trains the trials that studies order, one at a time, until it is stopped. Start as many as there are "
                        + "machines or cores, up to the number of partitions; each brings the studies forward. If one is killed, "
                        + "another takes its trial over when the session has timed out (--kafka-config=session.timeout.ms=...). "
                        + "When one joins, the others share with it after the trials that they are at.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream tune worker --bootstrap-servers=localhost:9092 --instance=machine-2 "
                + "--state=/var/tmp/ionstream-tuning")
public final class TuneWorkerCommand implements Callable<Integer> {
    private static final int ORPHANED = 3;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private InstanceOption instance;

    @Option(
            names = "--state",
            paramLabel = "DIRECTORY",
            defaultValue = "ionstream-state/tuning",
            description = "Of the checkpoints; workers of one machine may share it. Default: ${DEFAULT-VALUE}")
    private Path state;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description = "cpu, cuda or auto. Default: ${DEFAULT-VALUE}")
    private String device;

    @Option(
            names = "--parent",
            paramLabel = "PID",
            hidden = true,
            description = "Process that started this one: without it there is nothing to do")
    private Long parent;

    @Mixin
    private StageProcess process;

    @Override
    public Integer call() throws InterruptedException {
        if (parent != null) {
            ProcessHandle.of(parent)
                    .ifPresentOrElse(
                            handle -> handle.onExit()
                                    .thenRun(() -> Runtime.getRuntime().halt(ORPHANED)),
                            () -> Runtime.getRuntime().halt(ORPHANED));
        }
        return process.run(meters -> {
            TrialWorker.Settings settings = new TrialWorker.Settings(
                    kafka.settings(), kafka.topics(), instance.name(), state, ComputeDevice.parse(device));
            kafka.checkTopics();
            TrialWorker worker = new TrialWorker(settings);
            worker.start();
            return new StageProcess.Running(worker, worker::isReady, worker::failure);
        });
    }
}
