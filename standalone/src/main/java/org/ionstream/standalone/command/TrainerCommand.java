package org.ionstream.standalone.command;

import com.sun.net.httpserver.HttpHandler;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.standalone.run.Simulator;
import org.ionstream.trainer.http.CommandRoute;
import org.ionstream.trainer.http.Token;
import org.ionstream.trainer.retraining.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The trainer in a process of its own. */
@Command(
        name = "trainer",
        mixinStandardHelpOptions = true,
        description =
                "Compares predictions with references, watches drift, trains champions on and releases those that win, "
                        + "until it is stopped. An installation has one.",
        footerHeading = "%nExample:%n",
        footer = {
            "  ionstream trainer --bootstrap-servers=localhost:9092 --cell-model=fitzhugh-nagumo-1961,hodgkin-huxley-1952",
            "      --audit-share=0.05 --signing-key=trainer/release.pem --trusted-keys=release-trusted.pem"
        })
public final class TrainerCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private SigningKeyOptions keys;

    @Option(
            names = "--state",
            paramLabel = "DIRECTORY",
            defaultValue = "${env:IONSTREAM_STATE:-ionstream-state/streams}",
            description =
                    "Of Kafka Streams; rebuilt from the topics if it is lost. The environment variable IONSTREAM_STATE "
                            + "replaces the default. Default: ${DEFAULT-VALUE}")
    private Path state;

    @Option(
            names = "--cell-model",
            paramLabel = "ID",
            split = ",",
            defaultValue = "${env:IONSTREAM_CELL_MODELS:-fitzhugh-nagumo-1961}",
            description = "To train; repeat it or separate by commas for more. The environment variable "
                    + "IONSTREAM_CELL_MODELS replaces the default. Default: ${DEFAULT-VALUE}")
    private List<String> cellModels;

    @Mixin
    private TrainerOptions options;

    @Mixin
    private ServingOptions serving;

    @Mixin
    private TokenOption token;

    @Mixin
    private StageProcess process;

    @Override
    public Integer call() throws InterruptedException {
        return process.run(meters -> {
            Trainer.Settings settings = settings();
            kafka.checkTopics();
            Optional<Token> wanted = token.token();
            Trainer trainer = new Trainer(settings, meters);
            trainer.start();
            Map<String, HttpHandler> routes = wanted.map(found -> Map.<String, HttpHandler>of(
                            CommandRoute.PATH, new CommandRoute(found, trainer::order, trainer::result)))
                    .orElse(Map.of());
            return new StageProcess.Running(trainer, trainer::isReady, trainer::failure, routes);
        });
    }

    private Trainer.Settings settings() {
        return new Trainer.Settings(
                kafka.settings(),
                kafka.topics(),
                state,
                cellModels.stream().map(CellModels::byId).toList(),
                options.drift(),
                options.retraining(),
                keys.keys(),
                serving.settings().resolved(),
                Simulator.REVISION);
    }
}
