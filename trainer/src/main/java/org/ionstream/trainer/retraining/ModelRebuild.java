package org.ionstream.trainer.retraining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.Provenance;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.model.ModelArtifacts;
import org.ionstream.surrogate.model.ReleaseKeys;
import org.ionstream.surrogate.model.ReleasedModels;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.FnoTraining;
import org.ionstream.trainer.release.Recipe;

/**
 * Makes a retrained model again from what its release says of it: the parent's file and the audited references are still on the
 * topics. On the same kind of machine the weights are the same to the last bit, and so is the model's id, which is their hash.
 */
public final class ModelRebuild {
    /**
     * @param file made again
     * @param release of the model that was to be made
     */
    public record Rebuilt(OnnxModelFile file, ModelRelease release) {
        public boolean isSame() {
            return file.card().modelId().equals(release.getModelId());
        }
    }

    private final KafkaSettings kafka;
    private final Topics topics;
    private final ReleaseKeys keys;
    private final FnoPredictor.Settings serving;

    /** @param keys whose releases there are */
    public ModelRebuild(KafkaSettings kafka, Topics topics, ReleaseKeys keys, FnoPredictor.Settings serving) {
        this.kafka = kafka;
        this.topics = topics;
        this.keys = keys;
        this.serving = serving;
    }

    /**
     * @param progress of the training
     * @throws IllegalArgumentException if no such model was released, or it was not made by a retraining
     * @throws IllegalStateException if its parent or its references are no longer on the topics
     */
    public Rebuilt run(String cellModel, String modelId, Consumer<FnoTraining.Progress> progress) {
        List<ModelRelease> history = ReleasedModels.at(kafka, topics, keys).history(cellModel);
        ModelRelease release = release(history, modelId)
                .orElseThrow(() -> new IllegalArgumentException("no model '%s' was released for %s; these were: %s"
                        .formatted(
                                modelId,
                                cellModel,
                                history.stream().map(ModelRelease::getModelId).toList())));
        Provenance provenance = release.getProvenance();
        if (provenance.getReplayedIds().isEmpty()) {
            throw new IllegalArgumentException(
                    "model %s was not made by a retraining of this version; its recipe is %s, give it to train"
                            .formatted(modelId, provenance.getRecipe()));
        }
        ModelRelease parent = release(history, provenance.getParentModelId())
                .orElseThrow(() -> new IllegalStateException("the parent of %s, %s, is not on %s"
                        .formatted(modelId, provenance.getParentModelId(), topics.models.name())));
        OnnxModelFile parentFile =
                OnnxModelFile.parse(ModelArtifacts.at(kafka, topics, keys).fetch(parent));
        RetrainingRun.Verdict verdict = again(
                provenance,
                parentFile,
                new RecordedReferences(kafka, topics).byId(cellModel, Set.copyOf(provenance.getReplayedIds())),
                serving,
                progress);
        return new Rebuilt(OnnxModelFile.parse(verdict.onnx()), release);
    }

    private static Optional<ModelRelease> release(List<ModelRelease> history, String modelId) {
        return history.stream()
                .filter(known -> known.getModelId().equals(modelId))
                .findFirst();
    }

    /**
     * The training once more.
     *
     * @param references by protocol id, at least those that the provenance names
     */
    static RetrainingRun.Verdict again(
            Provenance provenance,
            OnnxModelFile parent,
            Map<String, Replay.Entry> references,
            FnoPredictor.Settings serving,
            Consumer<FnoTraining.Progress> progress) {
        List<Replay.Entry> replayed = new ArrayList<>();
        for (String id : provenance.getReplayedIds()) {
            if (!references.containsKey(id)) {
                throw new IllegalStateException(
                        "reference %s, one of %d, is no longer on its topic; keep references longer (retention.ms) to rebuild models"
                                .formatted(id, provenance.getReplayedIds().size()));
            }
            replayed.add(references.get(id));
        }
        Recipe recipe = Recipe.fromJson(provenance.getRecipe());
        RetrainingSettings settings = new RetrainingSettings(
                1,
                Math.max(1, replayed.size()),
                new TrainingMix(
                        provenance.getBaseProtocols(),
                        recipe.asHeldOut(),
                        provenance.getTargetedProtocols(),
                        provenance.getSensitiveShare(),
                        recipe.epochsPerSet()),
                new Anew(
                        provenance.getAnew() ? Anew.When.ALWAYS : Anew.When.NEVER,
                        recipe.architecture().values()),
                provenance.getHeldOutShare(),
                recipe.training(),
                Double.POSITIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                0,
                RetrainingTriggers.NONE);
        ReferenceLabels labels = ReferenceLabels.standard();
        return new RetrainingRun(settings, labels, serving, provenance.getRevision())
                .of(parent, replayed, Optional.empty(), progress);
    }
}
