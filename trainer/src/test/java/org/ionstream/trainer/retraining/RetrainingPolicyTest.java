package org.ionstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.ionstream.schemas.message.CommandKind;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.message.DriftState;
import org.ionstream.schemas.message.TrainingPhase;
import org.ionstream.schemas.message.TrainingReport;
import org.ionstream.trainer.fno.TrainingSettings;
import org.junit.jupiter.api.Test;

class RetrainingPolicyTest {
    private static final long NOW_MS = 10_000_000;

    private RetrainingPolicy policy = policy(RetrainingTriggers.NONE);
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
        assertThat(trigger.detail()).isEqualTo("drifted; median error 0.2500, 2.5 times that at release");
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

    @Test
    void shouldTrainWhenEnoughNewReferencesHaveCome() {
        policy = policy(new RetrainingTriggers(Duration.ZERO, 4, Duration.ZERO, 0, Double.POSITIVE_INFINITY));
        references(3);
        assertThat(decide(0)).isEqualTo(RetrainingPolicy.Decision.wait(""));

        references(1);

        Trigger trigger = decide(0).trigger().orElseThrow();
        assertThat(trigger.name()).isEqualTo(Trigger.NEW_REFERENCES);
        assertThat(trigger.detail()).isEqualTo("4 new references");
        assertThat(decide(2_000).trigger()).isEmpty();
    }

    @Test
    void shouldTrainOnScheduleButOnlyWithFreshReferences() {
        policy = policy(new RetrainingTriggers(Duration.ofHours(1), 0, Duration.ZERO, 0, Double.POSITIVE_INFINITY));
        long anHourAgo = NOW_MS - 3_600_000;

        assertThat(decide(anHourAgo + 1)).isEqualTo(RetrainingPolicy.Decision.wait(""));
        assertThat(decide(anHourAgo).waitingFor())
                .isEqualTo("1.0 hours since the last training; collecting references, 0 of 3");
        referencesAt(NOW_MS, 3);
        assertThat(decide(anHourAgo).trigger().orElseThrow().name()).isEqualTo(Trigger.SCHEDULE);
    }

    @Test
    void shouldWaitForCooldownWarmUpAndBudgetAndSayWhich() {
        drift(3);
        policy = policy(
                new RetrainingTriggers(Duration.ZERO, 0, Duration.ofMillis(NOW_MS), 0, Double.POSITIVE_INFINITY));
        assertThat(decide(1).waitingFor()).endsWith("cooldown of PT2H46M40S since the last training");
        assertThat(decide(0).trigger()).isPresent();

        policy = policy(new RetrainingTriggers(Duration.ZERO, 0, Duration.ZERO, 9, Double.POSITIVE_INFINITY));
        assertThat(decide(0).waitingFor()).endsWith("warm-up of the champion, 4 of 9 references");

        policy = policy(new RetrainingTriggers(Duration.ZERO, 0, Duration.ZERO, 0, 5));
        ledger.reported(report(TrainingPhase.TRAINING, 100_000));
        ledger.reported(report(TrainingPhase.REJECTED, 400_000));
        assertThat(decide(0).waitingFor())
                .endsWith("trainings took 5 minutes in the last 24 hours, at most 5 are to be spent");
        ledger.answered(Entries.result("c1", CommandStatus.ACCEPTED, "ordered all the same"));
        assertThat(decide(0).trigger()).isPresent();
    }

    private static TrainingReport report(TrainingPhase phase, long atMs) {
        return TrainingReport.newBuilder()
                .setRunId("r")
                .setCellModel(LiveReferences.CELL_MODEL.id())
                .setPhase(phase)
                .setTrigger("drift")
                .setAtMs(atMs)
                .build();
    }

    private void references(int count) {
        referencesAt(1_000, count);
    }

    private void referencesAt(long atMs, int count) {
        for (int i = 0; i < count; i++) {
            ledger.replay()
                    .add(new Replay.Entry(LiveReferences.sample(1, 1).get(0).reference(), i, atMs));
        }
    }

    private static RetrainingPolicy policy(RetrainingTriggers triggers) {
        TrainingSettings training = new TrainingSettings(4, 10, 1e-3, 0.1, 0, 1, 5, 1, 1);
        return new RetrainingPolicy(new RetrainingSettings(
                3, 100, TrainingMix.fixed(0, 0), Anew.NEVER, 0.3, training, 0.95, 1.1, 0, triggers));
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
        return policy.decide(LiveReferences.CELL_MODEL, ledger, lastAttemptMs, NOW_MS);
    }
}
