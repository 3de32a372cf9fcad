package org.ionstream.trainer.retraining;

import java.util.List;
import java.util.Set;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.CommandKind;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.TrainingPhase;
import org.ionstream.schemas.message.TrainingReport;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.surrogate.model.ModelPublisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts models back into service: a rollback does not wait for a training. */
final class ChampionOrders {
    private static final Logger LOG = LoggerFactory.getLogger(ChampionOrders.class);
    static final Set<CommandKind> KINDS = Set.of(CommandKind.PROMOTE, CommandKind.ROLLBACK);

    private final Topics topics;
    private final Ledger ledger;
    private final ModelPublisher publisher;

    ChampionOrders(Topics topics, Ledger ledger, ModelPublisher publisher) {
        this.topics = topics;
        this.ledger = ledger;
        this.publisher = publisher;
    }

    void carryOut(CommandResult order, CellModelLedger book) {
        ModelRelease version =
                book.version(order.getModelId()).orElseThrow(); // checked when accepted; none is taken back
        String present = book.champion().map(ModelRelease::getModelId).orElse("none");
        String detail = "%s serves instead of %s: %s".formatted(version.getModelId(), present, order.getDetail());
        CommandResult finished = CommandStage.ended(order, CommandStatus.FINISHED, detail);
        TrainingReport report = TrainingReport.newBuilder()
                .setRunId(order.getCommandId())
                .setCellModel(order.getCellModel())
                .setPhase(order.getKind() == CommandKind.ROLLBACK ? TrainingPhase.ROLLED_BACK : TrainingPhase.PROMOTED)
                .setTrigger(order.getCommandId())
                .setDetail(detail)
                .setAtMs(finished.getAtMs())
                .build();
        publisher.serveAgain(
                version,
                List.of(topics.training.message(report.getRunId(), report), CommandStage.message(topics, finished)));
        LOG.info("{} {}", order.getKind(), detail);
        book.answered(finished);
        ledger.awaitChampion(CellModels.byId(order.getCellModel()), version.getModelId());
    }
}
