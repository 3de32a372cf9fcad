package org.ionstream.standalone.command;

import java.util.concurrent.Callable;
import org.ionstream.schemas.protocol.ProtocolLimits;
import org.ionstream.surrogate.Surrogate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The surrogate in a process of its own. */
@Command(
        name = "surrogate",
        mixinStandardHelpOptions = true,
        description =
                "Answers protocols with predictions of the champions that the trainer releases, until it is stopped. "
                        + "Several share the work, one partition has one of them.",
        footerHeading = "%nExample:%n",
        footer =
                "  ionstream surrogate --bootstrap-servers=localhost:9092 --trusted-keys=release-trusted.pem --device=cuda")
public final class SurrogateCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private ReleaseKeyOptions keys;

    @Mixin
    private InstanceOption instance;

    @Mixin
    private ServingOptions serving;

    @Mixin
    private AccuracyOption accuracy;

    @Mixin
    private StageProcess process;

    @Override
    public Integer call() throws InterruptedException {
        return process.run(meters -> {
            Surrogate.Settings settings = settings();
            kafka.checkTopics();
            Surrogate surrogate = new Surrogate(settings, meters);
            surrogate.start();
            return new StageProcess.Running(surrogate, surrogate::isReady, surrogate::failure);
        });
    }

    private Surrogate.Settings settings() {
        return new Surrogate.Settings(
                kafka.settings(),
                kafka.topics(),
                instance.name(),
                serving.settings(),
                accuracy.largestError(),
                ProtocolLimits.DEFAULT,
                keys.keys());
    }
}
