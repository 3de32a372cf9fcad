package org.ionstream.standalone.command;

import java.util.concurrent.Callable;
import org.ionstream.reference.Reference;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.protocol.ProtocolLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The reference in a process of its own. */
@Command(
        name = "reference",
        mixinStandardHelpOptions = true,
        description =
                "Solves the equations for a share of all protocols, for those that the surrogate passes on and for "
                        + "those that ask for it, until it is stopped. Several share the work, one partition has one of them.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream reference --bootstrap-servers=localhost:9092 --instance=a --threads=8 --audit-share=0.05")
public final class ReferenceCommand implements Callable<Integer> {
    private static final int LARGEST_BATCH = 64;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private InstanceOption instance;

    @Option(
            names = "--audit-share",
            defaultValue = TrainerOptions.AUDIT_SHARE,
            description = TrainerOptions.AUDIT_SHARE_DESCRIPTION)
    private double auditShare;

    @Option(
            names = "--threads",
            defaultValue = "0",
            description = "That solve; 0: one per core. Default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(
            names = "--relative-tolerance",
            defaultValue = "1e-8",
            description = "Of the error of one step. Default: ${DEFAULT-VALUE}")
    private double relativeTolerance;

    @Option(
            names = "--largest-evaluations",
            defaultValue = "2000000",
            description = "Of the right-hand side in one solve; then the solver gives up. Default: ${DEFAULT-VALUE}")
    private int largestEvaluations;

    @Option(
            names = "--largest-wall-ms",
            defaultValue = "8000",
            description = "That one solve may take; then the solver gives up. Default: ${DEFAULT-VALUE}")
    private double largestWallMs;

    @Mixin
    private StageProcess process;

    @Override
    public Integer call() throws InterruptedException {
        return process.run(meters -> {
            Reference.Settings settings = settings();
            kafka.checkTopics();
            Reference reference = new Reference(settings, meters);
            reference.start();
            return new StageProcess.Running(reference, reference::isReady, reference::failure);
        });
    }

    private Reference.Settings settings() {
        return new Reference.Settings(
                kafka.settings(),
                kafka.topics(),
                instance.name(),
                new SolverSettings(relativeTolerance, largestEvaluations, largestWallMs),
                auditShare,
                LARGEST_BATCH,
                threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
                ProtocolLimits.DEFAULT);
    }
}
