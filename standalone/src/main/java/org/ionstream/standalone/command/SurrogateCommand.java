package org.ionstream.standalone.command;

import java.util.concurrent.Callable;
import org.ionstream.schemas.protocol.ProtocolLimits;
import org.ionstream.surrogate.Surrogate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The surrogate stage as a process of its own. */
@Command(
        name = "surrogate",
        mixinStandardHelpOptions = true,
        description =
                "Runs the surrogate: answers protocols with the champion of their cell model. Start as many as you "
                        + "like, each with an --instance of its own; they share the partitions.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream surrogate --bootstrap-servers=kafka:9092 --instance=gpu-0 --device=cuda")
public final class SurrogateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private ServingOptions serving;

    @Option(
            names = "--instance",
            defaultValue = "${env:IONSTREAM_INSTANCE:-0}",
            description =
                    "Distinguishes surrogates; a second one of the same name fences the first; environment variable "
                            + "IONSTREAM_INSTANCE. Default: ${DEFAULT-VALUE}")
    private String instance;

    @Override
    public Integer call() throws InterruptedException {
        StopSignal stop = new StopSignal();
        try (Surrogate surrogate = new Surrogate(new Surrogate.Settings(
                kafka.settings(), kafka.topics(), instance, serving.settings(), ProtocolLimits.DEFAULT))) {
            surrogate.start();
            return StageProcess.await(spec, stop, surrogate::failure);
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }
}
