package org.ionstream.trainer.retraining;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.ionstream.schemas.message.Command;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.protocol.ProtocolLimits;
import org.ionstream.schemas.stream.Inlet;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Stage;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.UnreadableMessageException;
import org.ionstream.trainer.tuning.StudyPlan;
import org.ionstream.trainer.tuning.StudyRun;

/**
 * Answers commands at once: refused, accepted, or, where there is nothing to be done but to remember or to tell, finished.
 * Accepted ones are carried out by the {@link Retrainer}, {@link ChampionOrders} or {@link StudyOrders} and answered again. A command that comes a
 * second time gets the last answer once more.
 */
final class CommandStage implements Stage<Command> {
    /** The answer repeats what a command says, and must fit into a record. */
    private static final int LONGEST_WHY = 2_000;

    private static final int LONGEST_PLAN = 100_000;

    private final Topics topics;
    private final Set<String> cellModels;
    private final Function<String, CellModelLedger> ledgers;
    /** In this run: the ledger learns of them a little later. */
    private final Map<String, CommandResult> answered = new HashMap<>();

    /**
     * @param cellModels ids this trainer is in charge of
     * @param ledgers by such an id
     */
    CommandStage(Topics topics, Set<String> cellModels, Function<String, CellModelLedger> ledgers) {
        this.topics = topics;
        this.cellModels = Set.copyOf(cellModels);
        this.ledgers = ledgers;
    }

    /** Commands from the topic; one that is longer than its answer may be is unreadable. */
    static Inlet<Command, Command> inlet(Topic<Command> commands) {
        return new Inlet<>(commands, (command, atMs) -> {
            checkLength("id", command.getId(), ProtocolLimits.LONGEST_ID);
            checkLength("cellModel", command.getCellModel(), ProtocolLimits.LONGEST_ID);
            checkLength("modelId", command.getModelId(), ProtocolLimits.LONGEST_ID);
            checkLength("why", command.getWhy(), LONGEST_WHY);
            checkLength("plan", command.getPlan(), LONGEST_PLAN);
            return command;
        });
    }

    private static void checkLength(String field, String text, int longest) {
        if (text.length() > longest) {
            throw new UnreadableMessageException(
                    "command with %d characters in %s; send at most %d".formatted(text.length(), field, longest));
        }
    }

    @Override
    public List<Outgoing> answer(List<Command> batch) {
        return batch.stream()
                .map(this::answer)
                .map(result -> message(topics, result))
                .toList();
    }

    private CommandResult answer(Command command) {
        if (!cellModels.contains(command.getCellModel())) {
            return refused(
                    command,
                    "this trainer does not train '%s'; it trains %s".formatted(command.getCellModel(), cellModels));
        }
        CellModelLedger ledger = ledgers.apply(command.getCellModel());
        Optional<CommandResult> earlier =
                ledger.result(command.getId()).or(() -> Optional.ofNullable(answered.get(command.getId())));
        if (earlier.isPresent()) {
            return earlier.get();
        }
        CommandResult result = first(command, ledger);
        answered.put(command.getId(), result);
        return result;
    }

    private static CommandResult first(Command command, CellModelLedger ledger) {
        return switch (command.getKind()) {
            case RETRAIN -> result(command, CommandStatus.ACCEPTED, command.getWhy());
            case TUNE -> study(command);
            case PROMOTE -> promotion(command, ledger);
            case ROLLBACK -> rollback(command, ledger);
            case PAUSE, RESUME -> result(command, CommandStatus.FINISHED, command.getWhy());
            case STATUS -> result(command, CommandStatus.FINISHED, status(ledger));
            case UNKNOWN ->
                refused(
                        command,
                        "command of a kind that this trainer does not know; it knows RETRAIN, TUNE, PROMOTE, ROLLBACK, PAUSE, RESUME, STATUS");
        };
    }

    private static CommandResult study(Command command) {
        try {
            StudyRun.checkName(command.getId());
            StudyPlan plan = StudyPlan.fromJson(command.getPlan());
            if (!plan.cellModel().equals(command.getCellModel())) {
                throw new IllegalArgumentException("the order is about %s, its plan about %s; make them agree"
                        .formatted(command.getCellModel(), plan.cellModel()));
            }
            plan.begin();
        } catch (IllegalArgumentException e) {
            return refused(command, e.getMessage());
        }
        return result(command, CommandStatus.ACCEPTED, command.getWhy());
    }

    private static CommandResult promotion(Command command, CellModelLedger ledger) {
        if (ledger.version(command.getModelId()).isEmpty()) {
            return refused(
                    command,
                    "model '%s' was never released; these were: %s. Register the file of a new one"
                            .formatted(command.getModelId(), ledger.versions()));
        }
        return result(command, CommandStatus.ACCEPTED, command.getWhy());
    }

    private static CommandResult rollback(Command command, CellModelLedger ledger) {
        String before = ledger.champion().map(ModelRelease::getReplacedModelId).orElse("");
        if (ledger.version(before).isEmpty()) {
            return refused(
                    command,
                    "the champion, %s, replaced no model; promote one of %s by its id"
                            .formatted(
                                    ledger.champion()
                                            .map(ModelRelease::getModelId)
                                            .orElse("none"),
                                    ledger.versions()));
        }
        Command promotion = Command.newBuilder(command).setModelId(before).build();
        return result(promotion, CommandStatus.ACCEPTED, command.getWhy());
    }

    private static String status(CellModelLedger ledger) {
        return "champion %s, %s, %d references kept, %d commands open, training on drift %s"
                .formatted(
                        ledger.champion().map(ModelRelease::getModelId).orElse("none"),
                        ledger.drift()
                                .map(report -> "%s with %.2f times the error at release"
                                        .formatted(report.getState(), report.getEffectSize()))
                                .orElse("no drift report yet"),
                        ledger.replay().all().size(),
                        ledger.openCommands(),
                        ledger.isPaused() ? "paused" : "on");
    }

    private static CommandResult refused(Command command, String reason) {
        return result(command, CommandStatus.REFUSED, reason);
    }

    private static CommandResult result(Command command, CommandStatus status, String detail) {
        return CommandResult.newBuilder()
                .setCommandId(command.getId())
                .setCellModel(command.getCellModel())
                .setKind(command.getKind())
                .setModelId(command.getModelId())
                .setStatus(status)
                .setDetail(detail)
                .setAtMs(System.currentTimeMillis())
                .setPlan(command.getPlan())
                .build();
    }

    /** The last answer to an accepted command. */
    static CommandResult ended(CommandResult accepted, CommandStatus status, String detail) {
        return CommandResult.newBuilder(accepted)
                .setStatus(status)
                .setDetail(detail)
                .setAtMs(System.currentTimeMillis())
                .build();
    }

    static Outgoing message(Topics topics, CommandResult result) {
        return topics.commandResults.message(result.getCommandId(), result);
    }
}
