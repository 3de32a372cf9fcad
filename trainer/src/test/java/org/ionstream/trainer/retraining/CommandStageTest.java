package org.ionstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.ionstream.schemas.message.Command;
import org.ionstream.schemas.message.CommandKind;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.stream.Topics;
import org.junit.jupiter.api.Test;

class CommandStageTest {
    private final Topics topics = Topics.standard();
    private final CommandStage stage = new CommandStage(topics, Set.of("fitzhugh-nagumo-1961"));

    @Test
    void shouldAcceptWhatItCanDo() {
        CommandResult result = answer(new Command("c1", "fitzhugh-nagumo-1961", CommandKind.RETRAIN, "why", 1L));

        assertThat(result.getStatus()).isEqualTo(CommandStatus.ACCEPTED);
        assertThat(result.getDetail()).isEqualTo("why");
    }

    @Test
    void shouldRefuseWithTheReason() {
        CommandResult foreign = answer(new Command("c1", "nobody-1900", CommandKind.RETRAIN, "", 1L));
        CommandResult unknown = answer(new Command("c2", "fitzhugh-nagumo-1961", CommandKind.UNKNOWN, "", 1L));

        assertThat(foreign.getStatus()).isEqualTo(CommandStatus.REFUSED);
        assertThat(foreign.getDetail()).contains("nobody-1900").contains("fitzhugh-nagumo-1961");
        assertThat(unknown.getStatus()).isEqualTo(CommandStatus.REFUSED);
        assertThat(unknown.getDetail()).contains("RETRAIN");
    }

    private CommandResult answer(Command command) {
        return topics.commandResults
                .wire()
                .decode(stage.answer(List.of(command)).get(0).value());
    }
}
