package org.ionstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ionstream.schemas.message.CommandKind;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.message.DriftState;
import org.ionstream.trainer.fno.TrainingSettings;
import org.junit.jupiter.api.Test;

class RetrainingPolicyTest {
    private static final RetrainingSettings SETTINGS = new RetrainingSettings(
            3, 10, 0, 0, 0.3, new TrainingSettings(4, 10, 1e-3, 0.1, 0, 1, 5, 1, 1), 0.95, 1.1, 0);

    private final RetrainingPolicy policy = new RetrainingPolicy(SETTINGS);
    private final CellModelLedger ledger = Entries.ledgerWithChampion("m1");

    @Test
    void shouldHaveNothingToDoWithoutDrift() {
        assertThat(decide(0)).isEqualTo(RetrainingPolicy.Decision.wait(""));

        ledger.reported(Entries.drift("m1", DriftState.SUSPECTED, 10));

        assertThat(decide(0)).isEqualTo(RetrainingPolicy.Decision.wait(""));
    }

    @Test
    void shouldCarryOutACommandBeforeAnythingElse() {
        drift(3);
        ledger.answered(Entries.result("c1", CommandStatus.ACCEPTED, "a new protocol"));

        Trigger trigger = decide(0).trigger().orElseThrow();

        assertThat(trigger).isEqualTo(new Trigger(LiveReferences.CELL_MODEL, "c1", "a new protocol", 0));
    }

    @Test
    void shouldTrainOnDriftWithEnoughFreshReferences() {
        drift(3);

        Trigger trigger = decide(0).trigger().orElseThrow();

        assertThat(trigger.name()).isEqualTo(Trigger.DRIFT);
        assertThat(trigger.sinceMs()).isEqualTo(1_000);
        assertThat(trigger.detail())
                .isEqualTo("drifted; median error 0.2500, 2.5 times that at release, 3 fresh references");
    }

    @Test
    void shouldNotTrainOnDriftWhilePaused() {
        drift(3);
        ledger.answered(Entries.result("c1", CommandKind.PAUSE, CommandStatus.FINISHED, ""));

        assertThat(decide(0).trigger()).isEmpty();
        assertThat(decide(0).waitingFor()).endsWith("paused, waiting for RESUME");

        ledger.answered(Entries.result("c2", CommandStatus.ACCEPTED, "ordered all the same"));
        assertThat(decide(0).trigger()).isPresent();
    }

    @Test
    void shouldWaitForFreshReferencesAndSayHowMany() {
        drift(2);

        RetrainingPolicy.Decision decision = decide(0);

        assertThat(decision.trigger()).isEmpty();
        assertThat(decision.waitingFor())
                .isEqualTo("drifted; median error 0.2500, 2.5 times that at release; collecting references, 2 of 3");
    }

    @Test
    void shouldWantFreshReferencesSinceTheLastAttempt() {
        drift(5);

        assertThat(decide(1_001).trigger()).isPresent();
        assertThat(decide(1_003).trigger()).isEmpty();
        assertThat(decide(1_003).waitingFor()).endsWith("2 of 3");
    }

    /** As expected until 1000 ms, drifted since; references from then on. */
    private void drift(int freshReferences) {
        ledger.reported(Entries.drift("m1", DriftState.IN_DISTRIBUTION, 1_000));
        ledger.reported(Entries.drift("m1", DriftState.DRIFTED, 2_000));
        List<Replay.Entry> references = LiveReferences.sample(1, 1);
        ledger.replay().add(new Replay.Entry(references.get(0).reference(), 1, 999));
        for (int i = 0; i < freshReferences; i++) {
            ledger.replay().add(new Replay.Entry(references.get(0).reference(), 2 + i, 1_000 + i));
        }
    }

    private RetrainingPolicy.Decision decide(long lastAttemptMs) {
        return policy.decide(LiveReferences.CELL_MODEL, ledger, lastAttemptMs);
    }
}
