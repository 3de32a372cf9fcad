package org.ionstream.trainer.retraining;

import java.util.List;
import org.ionstream.schemas.message.CommandKind;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.DriftState;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.Provenance;

/** What a ledger reads from the topics. */
final class Entries {
    private static final String CELL_MODEL = LiveReferences.CELL_MODEL.id();

    private Entries() {}

    static CellModelLedger ledgerWithChampion(String modelId) {
        CellModelLedger ledger = new CellModelLedger(10);
        ledger.released(release(modelId));
        return ledger;
    }

    static ModelRelease release(String modelId) {
        Provenance provenance = new Provenance("", false, "{}", 1L, 10, 0, 0, 0.0, -1L, -1L, List.of(), 0.0, "0.1.0");
        return ModelRelease.newBuilder()
                .setModelId(modelId)
                .setCellModel(CELL_MODEL)
                .setAlias("champion")
                .setSha256("")
                .setArtifactBytes(0)
                .setArtifactChunks(0)
                .setArtifactOffset(0)
                .setReleasedAtMs(0)
                .setProvenance(provenance)
                .build();
    }

    static DriftReport drift(String modelId, DriftState state, long lastAuditAtMs) {
        return DriftReport.newBuilder()
                .setCellModel(CELL_MODEL)
                .setModelId(modelId)
                .setWindow(1)
                .setAudits(4)
                .setMedianRelativeL2(0.25)
                .setP90RelativeL2(0.5)
                .setExpectedRelativeL2(0.1)
                .setEffectSize(2.5)
                .setState(state)
                .setLastAuditAtMs(lastAuditAtMs)
                .build();
    }

    static CommandResult result(String commandId, CommandStatus status, String detail) {
        return result(commandId, CommandKind.RETRAIN, status, detail);
    }

    static CommandResult result(String commandId, CommandKind kind, CommandStatus status, String detail) {
        return new CommandResult(commandId, CELL_MODEL, kind, "", status, detail, 0L, "");
    }
}
