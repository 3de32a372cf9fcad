package org.ionstream.surrogate.model;

import java.util.Optional;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.Provenance;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.trust.CalibratedErrors;

/**
 * A released model, loaded and warm.
 *
 * @param release that put it into service
 * @param predictor owned: closed with the champion
 * @param errors to expect of it; empty: its file has no calibration
 */
public record Champion(ModelRelease release, FnoPredictor predictor, Optional<CalibratedErrors> errors)
        implements AutoCloseable {
    /** Alias of the releases that the surrogate serves. */
    public static final String ALIAS = "champion";

    /** Of a file that is on no log, for work beside the stream. */
    public static Champion unreleased(OnnxModelFile file, FnoPredictor predictor) {
        ModelRelease release = ModelRelease.newBuilder()
                .setModelId(file.card().modelId())
                .setCellModel(file.card().cellModel())
                .setAlias(ALIAS)
                .setSha256(ModelArtifacts.sha256(file.bytes()))
                .setArtifactBytes(file.bytes().length)
                .setArtifactChunks(0)
                .setArtifactOffset(-1)
                .setReleasedAtMs(0)
                .setProvenance(Provenance.newBuilder()
                        .setParentModelId("")
                        .setRecipe(file.card().recipe())
                        .setSeed(0)
                        .setBaseProtocols(0)
                        .setReplayedReferences(0)
                        .setRevision("")
                        .build())
                .build();
        return new Champion(
                release,
                predictor,
                file.calibration().map(calibration -> new CalibratedErrors(calibration, file.card())));
    }

    /** Record key of a release. */
    public static String key(String cellModel, String alias) {
        return cellModel + "/" + alias;
    }

    public String cellModel() {
        return release.getCellModel();
    }

    @Override
    public void close() {
        predictor.close();
    }
}
