package org.ionstream.standalone.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.run.Simulator;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.model.ModelArtifacts;
import org.ionstream.surrogate.model.ModelPublisher;
import org.ionstream.surrogate.model.ReleaseKeys;
import org.ionstream.surrogate.model.ReleasedModels;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.release.Registration;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks and scores a model file and releases it as champion. */
@Command(
        name = "register",
        mixinStandardHelpOptions = true,
        description =
                "Checks a model file, scores it beside the champion in service, and releases it in the champion's place: "
                        + "running surrogates swap to it between two batches. This is a promotion by hand; a model that is not better "
                        + "on the held-out protocols is released only with --even-if-worse. Exit code 2: the file cannot be served, "
                        + "1: it is not better, or the broker is lost; in both cases nothing is released.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream model register --model=mine.onnx --signing-key=release.pem --trusted-keys=release-trusted.pem",
            "  ionstream model register --model=smaller.onnx --even-if-worse --bootstrap-servers=kafka:9092 --allow-unsigned"
        })
public final class ModelRegisterCommand implements Callable<Integer> {
    /** Apart from the trainer's, which this must not fence; two registrations at once fence one another. */
    private static final String PUBLISHER = "register";

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private SigningKeyOptions keys;

    @Option(names = "--model", paramLabel = "FILE", required = true, description = "The ONNX file")
    private Path file;

    @Option(names = "--even-if-worse", description = "Release it whatever the champion's score")
    private boolean evenIfWorse;

    @Override
    public Integer call() {
        try {
            OnnxModelFile model = ModelFiles.checked(file);
            ReleaseKeys releasing = keys.keys();
            kafka.checkTopics();
            register(model, releasing);
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private void register(OnnxModelFile model, ReleaseKeys releasing) {
        KafkaSettings settings = kafka.settings();
        Topics topics = kafka.topics();
        String cellModel = model.card().cellModel();
        Registration registration = ModelComparison.registration(cellModel);
        Registration.Examined challenger = registration.examine(model);
        byte[] calibrated = ModelFiles.calibrated(challenger.file().bytes(), ReferenceLabels.standard(), spec);
        Optional<ModelRelease> release =
                ReleasedModels.at(settings, topics, releasing).champion(cellModel);
        checkNew(model.card().modelId(), calibrated, release);
        Optional<Registration.Examined> champion = release.map(present ->
                        ModelArtifacts.at(settings, topics, releasing).fetch(present))
                .map(OnnxModelFile::parse)
                .map(registration::examine);
        ModelComparison comparison = new ModelComparison(challenger, champion, "in service");
        comparison.print(spec.commandLine().getOut());
        if (!comparison.isBetter() && !evenIfWorse) {
            throw new IllegalStateException("%s; nothing is released. Give --even-if-worse to release it all the same"
                    .formatted(comparison.verdict()));
        }
        try (ModelPublisher publisher = ModelPublisher.at(settings, topics, releasing, PUBLISHER)) {
            release(
                    challenger,
                    calibrated,
                    release.map(ModelRelease::getModelId).orElse(""),
                    publisher);
        }
    }

    private void release(
            Registration.Examined challenger, byte[] calibrated, String replacedModelId, ModelPublisher publisher) {
        ModelRelease released = publisher.publish(
                calibrated,
                List.of(challenger.score()),
                Registration.provenance(challenger.file().card(), Simulator.REVISION),
                replacedModelId,
                List.of());
        spec.commandLine()
                .getOut()
                .printf(
                        "released %s as champion of %s, SHA-256 %s; surrogates swap between two batches%n",
                        released.getModelId(), released.getCellModel(), released.getSha256());
        spec.commandLine().getOut().flush();
    }

    /** Drift is counted by model id: two models of one id would share their errors. */
    private static void checkNew(String modelId, byte[] file, Optional<ModelRelease> champion) {
        champion.filter(present -> present.getModelId().equals(modelId)).ifPresent(present -> {
            boolean same = present.getSha256().equals(ModelArtifacts.sha256(file));
            throw new IllegalArgumentException(
                    same
                            ? "model %s is the champion already".formatted(modelId)
                            : "the champion's id is %s too, but its file is another; give this model an id of its own"
                                    .formatted(modelId));
        });
    }
}
