package org.ionstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.ionstream.schemas.message.Command;
import org.ionstream.schemas.message.CommandKind;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.message.DriftState;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.UnreadableMessageException;
import org.junit.jupiter.api.Test;

class CommandStageTest {
    private static final String FHN = "fitzhugh-nagumo-1961";

    private final Topics topics = Topics.standard();
    private final CellModelLedger ledger = Entries.ledgerWithChampion("m1");
    private final CommandStage stage = new CommandStage(topics, Set.of("fitzhugh-nagumo-1961"), cellModel -> ledger);

    @Test
    void shouldAcceptARetrainingWithItsReason() {
        Outgoing answer = stage.answer(List.of(command("fitzhugh-nagumo-1961", CommandKind.RETRAIN)))
                .get(0);

        CommandResult result = topics.commandResults.wire().decode(answer.value());
        assertThat(answer.topic()).isEqualTo(topics.commandResults.name());
        assertThat(new String(answer.key(), StandardCharsets.UTF_8)).isEqualTo("c1");
        assertThat(result.getCommandId()).isEqualTo("c1");
        assertThat(result.getCellModel()).isEqualTo("fitzhugh-nagumo-1961");
        assertThat(result.getStatus()).isEqualTo(CommandStatus.ACCEPTED);
        assertThat(result.getDetail()).isEqualTo("a new protocol");
    }

    @Test
    void shouldRefuseWhatItIsNotInChargeOf() {
        List<Outgoing> answers = stage.answer(List.of(
                command("ohara-rudy-2011", CommandKind.RETRAIN),
                command("c2", "fitzhugh-nagumo-1961", CommandKind.UNKNOWN, "")));

        assertThat(answers)
                .extracting(answer -> topics.commandResults.wire().decode(answer.value()))
                .allSatisfy(result -> assertThat(result.getStatus()).isEqualTo(CommandStatus.REFUSED))
                .extracting(CommandResult::getDetail)
                .containsExactly(
                        "this trainer does not train 'ohara-rudy-2011'; it trains [fitzhugh-nagumo-1961]",
                        "command of a kind that this trainer does not know; it knows RETRAIN, TUNE, PROMOTE, ROLLBACK, PAUSE, RESUME, STATUS");
    }

    /** Each answer repeats the command's texts; an answer that no record holds would be tried for ever. */
    @Test
    void shouldRefuseCommandsThatNoAnswerCouldRepeat() {
        Command honest = command(FHN, CommandKind.PAUSE);

        assertThat(read(honest)).isEqualTo(honest);
        for (String field : List.of("id", "cellModel", "modelId", "why", "plan")) {
            Command hostile = Command.newBuilder(honest).build();
            hostile.put(field, "x".repeat(300_000));

            assertThatThrownBy(() -> read(hostile))
                    .isInstanceOf(UnreadableMessageException.class)
                    .hasMessageContaining("300000 characters in %s; send at most", field);
        }
    }

    private Command read(Command command) {
        return CommandStage.inlet(topics.commands).understand().apply(command, 0L);
    }

    @Test
    void shouldAcceptAPromotionOfWhatHasServed() {
        ledger.released(Entries.release("m2"));

        CommandResult accepted = answer(command("c1", FHN, CommandKind.PROMOTE, "m1"));
        CommandResult refused = answer(command("c2", FHN, CommandKind.PROMOTE, "m7"));

        assertThat(accepted.getStatus()).isEqualTo(CommandStatus.ACCEPTED);
        assertThat(accepted.getModelId()).isEqualTo("m1");
        assertThat(refused.getStatus()).isEqualTo(CommandStatus.REFUSED);
        assertThat(refused.getDetail()).startsWith("model 'm7' was never released; these were: ");
    }

    @Test
    void shouldRollBackToTheModelThatTheChampionReplaced() {
        CommandResult refused = answer(command("c1", FHN, CommandKind.ROLLBACK, ""));
        assertThat(refused.getDetail()).isEqualTo("the champion, m1, replaced no model; promote one of [m1] by its id");

        ledger.released(ModelRelease.newBuilder(Entries.release("m2"))
                .setReplacedModelId("m1")
                .build());
        CommandResult accepted = answer(command("c2", FHN, CommandKind.ROLLBACK, ""));

        assertThat(accepted.getStatus()).isEqualTo(CommandStatus.ACCEPTED);
        assertThat(accepted.getModelId()).isEqualTo("m1");
    }

    @Test
    void shouldAnswerTheSameToACommandThatComesAgain() {
        CommandResult paused = answer(command("c1", FHN, CommandKind.PAUSE, ""));
        answer(command("c2", FHN, CommandKind.RESUME, ""));

        assertThat(answer(command("c1", FHN, CommandKind.PAUSE, ""))).isEqualTo(paused);
    }

    @Test
    void shouldTellHowThingsStand() {
        ledger.reported(Entries.drift("m1", DriftState.DRIFTED, 5));

        CommandResult status = answer(command("c1", FHN, CommandKind.STATUS, ""));

        assertThat(status.getStatus()).isEqualTo(CommandStatus.FINISHED);
        assertThat(status.getDetail())
                .isEqualTo(
                        "champion m1, DRIFTED with 2.50 times the error at release, 0 references kept, 0 commands open, training on drift on");
    }

    private CommandResult answer(Command command) {
        return topics.commandResults
                .wire()
                .decode(stage.answer(List.of(command)).get(0).value());
    }

    private static Command command(String cellModel, CommandKind kind) {
        return command("c1", cellModel, kind, "");
    }

    private static Command command(String id, String cellModel, CommandKind kind, String modelId) {
        return new Command(id, cellModel, kind, modelId, "a new protocol", 0L, "");
    }
}
