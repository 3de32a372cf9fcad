package org.ionstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.ionstream.schemas.message.Command;
import org.ionstream.schemas.message.CommandKind;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;
import org.junit.jupiter.api.Test;

class CommandStageTest {
    private final Topics topics = Topics.standard();
    private final CommandStage stage = new CommandStage(topics, Set.of("fitzhugh-nagumo-1961"));

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
                command("ohara-rudy-2011", CommandKind.RETRAIN), command("fitzhugh-nagumo-1961", CommandKind.UNKNOWN)));

        assertThat(answers)
                .extracting(answer -> topics.commandResults.wire().decode(answer.value()))
                .allSatisfy(result -> assertThat(result.getStatus()).isEqualTo(CommandStatus.REFUSED))
                .extracting(CommandResult::getDetail)
                .containsExactly(
                        "this trainer does not train 'ohara-rudy-2011'; it trains [fitzhugh-nagumo-1961]",
                        "command of a kind that this trainer does not know; it knows RETRAIN");
    }

    private static Command command(String cellModel, CommandKind kind) {
        return new Command("c1", cellModel, kind, "a new protocol", 0L);
    }
}
