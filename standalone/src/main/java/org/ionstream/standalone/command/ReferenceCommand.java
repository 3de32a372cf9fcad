package org.ionstream.standalone.command;

import java.util.concurrent.Callable;
import org.ionstream.reference.Reference;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.protocol.ProtocolLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The reference stage as a process of its own. */
@Command(
        name = "reference",
        mixinStandardHelpOptions = true,
        description =
                "Runs the reference: solves a uniform share of the protocols, and those the surrogate cannot answer.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream reference --bootstrap-servers=kafka:9092 --audit-share=0.05")
public final class ReferenceCommand implements Callable<Integer> {
    private static final int LARGEST_BATCH = 64;

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--instance",
            defaultValue = "${env:IONSTREAM_INSTANCE:-0}",
            description =
                    "Distinguishes references; a second one of the same name fences the first; environment variable "
                            + "IONSTREAM_INSTANCE. Default: ${DEFAULT-VALUE}")
    private String instance;

    @Option(
            names = "--audit-share",
            defaultValue = "${env:IONSTREAM_AUDIT_SHARE:-0.3}",
            description = "Of protocols that are solved unasked, the same in every process; environment variable "
                    + "IONSTREAM_AUDIT_SHARE. Default: ${DEFAULT-VALUE}")
    private double auditShare;

    @Option(names = "--solver-threads", defaultValue = "0", description = "0: one per core. Default: ${DEFAULT-VALUE}")
    private int threads;

    @Override
    public Integer call() throws InterruptedException {
        StopSignal stop = new StopSignal();
        int solvers = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        try (Reference reference = new Reference(new Reference.Settings(
                kafka.settings(),
                kafka.topics(),
                instance,
                SolverSettings.AUDIT,
                auditShare,
                LARGEST_BATCH,
                solvers,
                ProtocolLimits.DEFAULT))) {
            reference.start();
            return StageProcess.await(spec, stop, reference::failure);
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }
}
