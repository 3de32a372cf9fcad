package org.ionstream.standalone.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.standalone.run.Simulator;
import org.ionstream.trainer.retraining.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The trainer as a process of its own. */
@Command(
        name = "trainer",
        mixinStandardHelpOptions = true,
        description =
                "Runs the trainer: joins predictions and references, watches drift, trains, examines and releases. "
                        + "One per installation.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream trainer --bootstrap-servers=kafka:9092 --state=/var/lib/ionstream --audit-share=0.05")
public final class TrainerCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private ServingOptions serving;

    @Mixin
    private LearningOptions learning;

    @Option(
            names = "--cell-model",
            paramLabel = "ID",
            split = ",",
            defaultValue = "${env:IONSTREAM_CELL_MODELS:-fitzhugh-nagumo-1961,hodgkin-huxley-1952}",
            description =
                    "To train, comma-separated; environment variable IONSTREAM_CELL_MODELS. Default: ${DEFAULT-VALUE}")
    private List<String> cellModels;

    @Option(
            names = "--state",
            paramLabel = "DIRECTORY",
            defaultValue = "ionstream-state",
            description = "Of Kafka Streams; may be lost, it is rebuilt from the topics. Default: ${DEFAULT-VALUE}")
    private Path state;

    @Override
    public Integer call() throws InterruptedException {
        StopSignal stop = new StopSignal();
        try (Trainer trainer = new Trainer(new Trainer.Settings(
                kafka.settings(),
                kafka.topics(),
                state.resolve("streams"),
                cellModels.stream().map(CellModels::byId).toList(),
                learning.drift(),
                learning.retraining(),
                serving.settings(),
                Simulator.REVISION))) {
            trainer.start();
            return StageProcess.await(spec, stop, Optional::empty);
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }
}
