package org.ionstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ionstream.schemas.message.CommandKind;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.message.DriftState;
import org.junit.jupiter.api.Test;

class CellModelLedgerTest {
    private final CellModelLedger ledger = Entries.ledgerWithChampion("m1");

    @Test
    void shouldOfferOpenCommandsInTheirOrder() {
        ledger.answered(Entries.result("c1", CommandStatus.ACCEPTED, "first"));
        ledger.answered(Entries.result("c2", CommandStatus.ACCEPTED, "second"));
        ledger.answered(Entries.result("c3", CommandStatus.REFUSED, "no"));
        assertThat(nextRetraining()).contains("c1");

        ledger.answered(Entries.result("c1", CommandStatus.FINISHED, ""));
        assertThat(nextRetraining()).contains("c2");
        assertThat(ledger.nextCommand(Set.of(CommandKind.ROLLBACK))).isEmpty();

        ledger.answered(Entries.result("c2", CommandStatus.FAILED, ""));
        assertThat(nextRetraining()).isEmpty();
    }

    @Test
    void shouldNotCarryOutACommandTwice() {
        ledger.answered(Entries.result("c1", CommandStatus.ACCEPTED, ""));
        ledger.answered(Entries.result("c1", CommandStatus.FINISHED, ""));
        ledger.answered(Entries.result("c1", CommandStatus.ACCEPTED, "again"));

        assertThat(nextRetraining()).isEmpty();
    }

    @Test
    void shouldBePausedFromThePauseToTheResumption() {
        ledger.answered(Entries.result("c1", CommandKind.PAUSE, CommandStatus.FINISHED, ""));
        assertThat(ledger.isPaused()).isTrue();

        ledger.answered(Entries.result("c2", CommandKind.RESUME, CommandStatus.FINISHED, ""));
        ledger.answered(Entries.result("c1", CommandKind.PAUSE, CommandStatus.FINISHED, "once more"));
        assertThat(ledger.isPaused()).isFalse();
    }

    @Test
    void shouldIgnoreDriftOfAnEarlierModel() {
        ledger.released(Entries.release("m2"));

        ledger.reported(Entries.drift("m1", DriftState.DRIFTED, 5));

        assertThat(ledger.drift()).isEmpty();
    }

    @Test
    void shouldForgetDriftWithANewChampion() {
        ledger.reported(Entries.drift("m1", DriftState.IN_DISTRIBUTION, 5));
        ledger.reported(Entries.drift("m1", DriftState.DRIFTED, 9));
        assertThat(ledger.inDistributionUntilMs()).isEqualTo(5);

        ledger.released(Entries.release("m2"));

        assertThat(ledger.drift()).isEmpty();
        assertThat(ledger.inDistributionUntilMs()).isZero();
        assertThat(ledger.champion().orElseThrow().getModelId()).isEqualTo("m2");
    }

    @Test
    void shouldKnowNoDriftWithoutAChampion() {
        CellModelLedger empty = new CellModelLedger(1);

        empty.reported(Entries.drift("m1", DriftState.DRIFTED, 5));

        assertThat(empty.drift()).isEmpty();
        assertThat(empty.champion()).isEmpty();
    }

    @Test
    void shouldKeepOnlyTheNewestReferences() {
        List<Replay.Entry> entries = LiveReferences.sample(3, 1);
        Replay replay = new Replay(2);

        entries.forEach(replay::add);

        assertThat(replay.all()).containsExactly(entries.get(1), entries.get(2));
        assertThat(replay.since(2)).containsExactly(entries.get(2));
    }

    private Optional<String> nextRetraining() {
        return ledger.nextCommand(Set.of(CommandKind.RETRAIN)).map(CommandResult::getCommandId);
    }
}
