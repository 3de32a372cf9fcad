package org.ionstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.ionstream.schemas.message.Command;
import org.ionstream.schemas.message.CommandKind;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.message.DriftState;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.stream.Arrival;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.UnreadableMessageException;
import org.ionstream.trainer.tuning.TinyStudies;
import org.junit.jupiter.api.Test;

class CommandStageTest {
    private static final String FHN = "fitzhugh-nagumo-1961";
    private static final ObjectMapper JSON = new ObjectMapper();

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

    /** Each field of the plan left out, null, of another type and out of any range; and the text cut or changed by chance. */
    @Test
    void shouldAnswerOnceWhateverPlanComes() throws JsonProcessingException {
        String honest = TinyStudies.plan(3, 0).toJson();
        List<String> plans = new ArrayList<>(List.of("", "null", "[]", "{}", "[".repeat(50_000), honest));
        spoil(JSON.readTree(honest), honest, "", plans);
        SplittableRandom random = new SplittableRandom(31);
        for (int i = 0; i < 500; i++) {
            char[] text = honest.toCharArray();
            text[random.nextInt(text.length)] = (char) random.nextInt(32, 127);
            plans.add(new String(text));
            plans.add(honest.substring(0, random.nextInt(honest.length())));
        }

        Map<CommandStatus, Integer> answered = new EnumMap<>(CommandStatus.class);
        for (int i = 0; i < plans.size(); i++) {
            Command command = Command.newBuilder(command("plan" + i, FHN, CommandKind.TUNE, ""))
                    .setPlan(plans.get(i))
                    .build();

            CommandResult result = answer(command);

            assertThat(result.getDetail()).as(plans.get(i)).isNotBlank();
            answered.merge(result.getStatus(), 1, Integer::sum);
        }
        assertThat(answered.get(CommandStatus.REFUSED)).isGreaterThan(500);
        assertThat(answered.get(CommandStatus.ACCEPTED)).isPositive();
    }

    private static void spoil(JsonNode node, String honest, String path, List<String> plans)
            throws JsonProcessingException {
        for (var fields = node.fields(); fields.hasNext(); ) {
            var field = fields.next();
            for (String value : List.of("null", "-1", "0", "1e9", "2147483647", "1e308", "\"x\"", "[]", "{}", "true")) {
                JsonNode whole = JSON.readTree(honest);
                ((ObjectNode) whole.at(path)).set(field.getKey(), JSON.readTree(value));
                plans.add(whole.toString());
            }
            JsonNode whole = JSON.readTree(honest);
            ((ObjectNode) whole.at(path)).remove(field.getKey());
            plans.add(whole.toString());
            spoil(field.getValue(), honest, path + "/" + field.getKey(), plans);
        }
    }

    private Command read(Command command) {
        return CommandStage.inlet(topics.commands).understand().apply(command, Arrival.at(0));
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
