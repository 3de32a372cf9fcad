package org.ionstream.trainer.retraining;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.ionstream.schemas.cell.CellModel;
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

/** Puts models back into service that were ordered to: on a thread of its own, a rollback does not wait for a training. */
final class ChampionOrders implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ChampionOrders.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Set<CommandKind> KINDS = Set.of(CommandKind.PROMOTE, CommandKind.ROLLBACK);

    private final Topics topics;
    private final List<CellModel> cellModels;
    private final Ledger ledger;
    private final ModelPublisher publisher;

    ChampionOrders(Topics topics, List<CellModel> cellModels, Ledger ledger, ModelPublisher publisher) {
        this.topics = topics;
        this.cellModels = cellModels;
        this.ledger = ledger;
        this.publisher = publisher;
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                for (CellModel cellModel : cellModels) {
                    CellModelLedger book = ledger.of(cellModel.id());
                    book.nextCommand(KINDS).ifPresent(order -> carryOut(order, cellModel, book));
                }
                Thread.sleep(LOOK.toMillis());
            }
        } catch (InterruptedException e) {
            LOG.debug("champion orders end");
        }
    }

    private void carryOut(CommandResult order, CellModel cellModel, CellModelLedger book) {
        ModelRelease version =
                book.version(order.getModelId()).orElseThrow(); // checked when accepted; none is taken back
        String present = book.champion().map(ModelRelease::getModelId).orElse("none");
        String detail = "%s serves instead of %s: %s".formatted(version.getModelId(), present, order.getDetail());
        CommandResult finished = CommandStage.ended(order, CommandStatus.FINISHED, detail);
        TrainingReport report = TrainingReport.newBuilder()
                .setRunId(order.getCommandId())
                .setCellModel(cellModel.id())
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
        ledger.awaitChampion(cellModel, version.getModelId());
    }
}
