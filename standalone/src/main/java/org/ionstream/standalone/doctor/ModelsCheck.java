package org.ionstream.standalone.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.fno.UnusableModelException;
import org.ionstream.surrogate.model.ModelArtifacts;
import org.ionstream.surrogate.model.ReleaseKeys;
import org.ionstream.surrogate.model.ReleasedModels;

/** Whether the champions on the log are whole and are what their releases say. */
final class ModelsCheck {
    private static final String PLACE = "models";

    private ModelsCheck() {}

    static List<Finding> look(KafkaSettings kafka, Topics topics, ReleaseKeys keys) {
        ReleasedModels releases = ReleasedModels.at(kafka, topics, ReleaseKeys.NONE); // also those to be refused
        ModelArtifacts artifacts = ModelArtifacts.at(kafka, topics, keys);
        List<Finding> findings = new ArrayList<>();
        for (CellModel cellModel : CellModels.all()) {
            Optional<ModelRelease> champion = releases.champion(cellModel.id());
            findings.add(champion.map(release -> whole(artifacts, release))
                    .orElseGet(() -> Finding.ok(
                            PLACE,
                            "%s has no champion: the reference answers; a trainer of it releases one"
                                    .formatted(cellModel.id()))));
        }
        return findings;
    }

    private static Finding whole(ModelArtifacts artifacts, ModelRelease release) {
        try {
            byte[] file = artifacts.fetch(release);
            OnnxModelFile.parse(file);
            return Finding.ok(
                    PLACE,
                    "%s is whole: %,d bytes in %d chunks, SHA-256 %s..., %s"
                            .formatted(
                                    release.getModelId(),
                                    file.length,
                                    release.getArtifactChunks(),
                                    release.getSha256().substring(0, 12),
                                    release.getSignature().hasRemaining() ? "signed" : "not signed"));
        } catch (UnusableModelException e) {
            return Finding.fail(PLACE, e.getMessage(), "ionstream model rollback, or model register with its file");
        }
    }
}
