package org.ionstream.trainer.retraining;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.common.errors.InterruptException;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.CommandKind;
import org.ionstream.schemas.message.CommandResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for accepted orders of some kinds and has them carried out, one after the other, until its thread is interrupted. What
 * is not done then the next start finds on the topics.
 *
 * @param cellModels whose orders they are
 * @param kinds of command
 * @param carryOut an order, with what is known of its cell model
 */
record OrderLoop(
        List<CellModel> cellModels,
        Ledger ledger,
        Set<CommandKind> kinds,
        BiConsumer<CommandResult, CellModelLedger> carryOut)
        implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(OrderLoop.class);
    private static final Duration LOOK = Duration.ofMillis(200);

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                for (CellModel cellModel : cellModels) {
                    CellModelLedger book = ledger.of(cellModel.id());
                    book.nextCommand(kinds).ifPresent(order -> carryOut.accept(order, book));
                }
                Thread.sleep(LOOK.toMillis());
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("orders of {} end", kinds);
        }
    }
}
