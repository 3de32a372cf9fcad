package org.ionstream.surrogate.model;

import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.ModelCard;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.fno.UnusableModelException;
import org.ionstream.surrogate.trust.CalibratedErrors;

/**
 * From release to champion: fetched, hashed, checked, loaded and warm.
 *
 * @param artifacts where the files are
 * @param settings of the predictors
 */
public record ReleaseLoader(ModelArtifacts artifacts, FnoPredictor.Settings settings) {
    /**
     * @throws UnusableModelException if this release must not be served
     * @throws org.apache.kafka.common.KafkaException if the broker is lost
     */
    public Champion load(ModelRelease release) {
        OnnxModelFile file = OnnxModelFile.parse(artifacts.fetch(release));
        ModelCard card = file.card();
        if (!card.modelId().equals(release.getModelId()) || !card.cellModel().equals(release.getCellModel())) {
            throw new UnusableModelException(
                    "the release says model %s of %s, the file's card %s of %s; release it again"
                            .formatted(release.getModelId(), release.getCellModel(), card.modelId(), card.cellModel()));
        }
        return new Champion(release, new FnoPredictor(file, settings), CalibratedErrors.of(file));
    }
}
