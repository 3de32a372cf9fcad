package org.ionstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.DriftState;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.Provenance;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.trainer.fno.TrainingSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetrainingPolicyTest {
    private static final CellModel CELL = CellModels.FITZHUGH_NAGUMO_1961;
    private static final RetrainingSettings SETTINGS =
            new RetrainingSettings(3, 10, 5, 0.2, new TrainingSettings(4, 10, 1e-3, 0.1, 0, 1, 5, 1, 1), 0.9, 2);

    private final RetrainingPolicy policy = new RetrainingPolicy(SETTINGS);
    private final CellModelLedger ledger = new CellModelLedger(10);

    @BeforeEach
    void releaseChampion() {
        assertThat(Topics.standard().all()).isNotEmpty();
        ledger.released(release("m1"));
    }

    @Test
    void shouldWaitSilentlyWhileNothingHappens() {
        var decision = policy.decide(CELL, ledger, 0);

        assertThat(decision.trigger()).isEmpty();
        assertThat(decision.waitingFor()).isEmpty();
    }

    @Test
    void shouldCollectReferencesOfTheDriftFirst() {
        ledger.reported(report("m1", DriftState.IN_DISTRIBUTION, 100));
        ledger.reported(report("m1", DriftState.DRIFTED, 200));
        references(90, 110, 120);

        var decision = policy.decide(CELL, ledger, 0);

        assertThat(decision.trigger()).isEmpty();
        assertThat(decision.waitingFor()).contains("collecting references, 2 of 3");
    }

    @Test
    void shouldTrainOnceThereAreEnough() {
        ledger.reported(report("m1", DriftState.IN_DISTRIBUTION, 100));
        ledger.reported(report("m1", DriftState.DRIFTED, 200));
        references(110, 120, 130);

        var decision = policy.decide(CELL, ledger, 0);

        assertThat(decision.trigger()).isPresent();
        assertThat(decision.trigger().get().name()).isEqualTo(Trigger.DRIFT);
        assertThat(decision.trigger().get().sinceMs()).isEqualTo(100);
    }

    @Test
    void shouldWaitForNewReferencesAfterAnAttempt() {
        ledger.reported(report("m1", DriftState.DRIFTED, 200));
        references(110, 120, 130);

        assertThat(policy.decide(CELL, ledger, 125).waitingFor()).contains("1 of 3");
    }

    @Test
    void shouldNotBlameTheChampionForItsPredecessorsDrift() {
        ledger.reported(report("m0", DriftState.DRIFTED, 200));
        references(110, 120, 130);

        assertThat(policy.decide(CELL, ledger, 0).trigger()).isEmpty();
    }

    @Test
    void shouldObeyAnOpenCommandOnceAndOnlyOnce() {
        ledger.answered(result("c1", CommandStatus.ACCEPTED, "new electrode"));
        var first = policy.decide(CELL, ledger, 0);
        ledger.answered(result("c1", CommandStatus.FINISHED, "done"));
        ledger.answered(result("c1", CommandStatus.ACCEPTED, "sent twice"));
        ledger.answered(result("c2", CommandStatus.REFUSED, "unknown kind"));

        assertThat(first.trigger().orElseThrow().detail()).isEqualTo("new electrode");
        assertThat(policy.decide(CELL, ledger, 0).trigger()).isEmpty();
    }

    private void references(long... atMs) {
        for (long at : atMs) {
            ledger.replay().add(new Replay.Entry(null, at, at));
        }
    }

    private static CommandResult result(String id, CommandStatus status, String detail) {
        return new CommandResult(id, CELL.id(), status, detail, 1L);
    }

    private static DriftReport report(String modelId, DriftState state, long atMs) {
        return new DriftReport(CELL.id(), modelId, 1L, 50, 0.1, 0.2, 0.05, 2.0, state, 0L, atMs);
    }

    private static ModelRelease release(String modelId) {
        Provenance provenance = new Provenance("", "{}", 1L, 0, 0, -1L, -1L, "test");
        return new ModelRelease(modelId, CELL.id(), "champion", "00", 1L, 1, 0L, 1L, List.of(), provenance);
    }
}
