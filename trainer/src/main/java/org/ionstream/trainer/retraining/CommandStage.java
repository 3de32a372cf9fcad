package org.ionstream.trainer.retraining;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ionstream.schemas.message.Command;
import org.ionstream.schemas.message.CommandKind;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Stage;
import org.ionstream.schemas.stream.Topics;

/** Accepts or refuses commands at once; accepted ones are carried out by the {@link Retrainer} and answered again. */
final class CommandStage implements Stage<Command> {
    private final Topics topics;
    private final Set<String> cellModels;

    /** @param cellModels ids this trainer is in charge of */
    CommandStage(Topics topics, Set<String> cellModels) {
        this.topics = topics;
        this.cellModels = Set.copyOf(cellModels);
    }

    @Override
    public List<Outgoing> answer(List<Command> batch) {
        List<Outgoing> results = new ArrayList<>();
        for (Command command : batch) {
            String refusal = refusal(command);
            results.add(
                    refusal.isEmpty()
                            ? result(
                                    topics,
                                    command.getId(),
                                    command.getCellModel(),
                                    CommandStatus.ACCEPTED,
                                    command.getWhy())
                            : result(topics, command.getId(), command.getCellModel(), CommandStatus.REFUSED, refusal));
        }
        return results;
    }

    static Outgoing result(Topics topics, String commandId, String cellModel, CommandStatus status, String detail) {
        return topics.commandResults.message(
                commandId, new CommandResult(commandId, cellModel, status, detail, System.currentTimeMillis()));
    }

    private String refusal(Command command) {
        if (command.getKind() != CommandKind.RETRAIN) {
            return "command of a kind that this trainer does not know; it knows RETRAIN";
        }
        if (!cellModels.contains(command.getCellModel())) {
            return "this trainer does not train '%s'; it trains %s".formatted(command.getCellModel(), cellModels);
        }
        return "";
    }
}
