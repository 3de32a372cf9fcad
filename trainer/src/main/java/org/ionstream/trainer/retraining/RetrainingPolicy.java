package org.ionstream.trainer.retraining;

import java.util.Optional;
import java.util.Set;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.CommandKind;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.DriftState;

/** Decides whether to train now; a decision comes with its reason, the negative ones too. */
final class RetrainingPolicy {
    /**
     * @param trigger empty: not now
     * @param waitingFor why not now; empty if there is nothing to do
     */
    record Decision(Optional<Trigger> trigger, String waitingFor) {
        static Decision train(Trigger trigger) {
            return new Decision(Optional.of(trigger), "");
        }

        static Decision wait(String reason) {
            return new Decision(Optional.empty(), reason);
        }
    }

    /** Results from when there was one kind of command do not name it. */
    private static final Set<CommandKind> ORDERS = Set.of(CommandKind.RETRAIN, CommandKind.UNKNOWN);

    private final RetrainingSettings settings;

    RetrainingPolicy(RetrainingSettings settings) {
        this.settings = settings;
    }

    /** @param lastAttemptMs when the last training of this cell model ended, 0 if never */
    Decision decide(CellModel cellModel, CellModelLedger ledger, long lastAttemptMs) {
        Optional<CommandResult> order = ledger.nextCommand(ORDERS);
        if (order.isPresent()) {
            return Decision.train(new Trigger(
                    cellModel, order.get().getCommandId(), order.get().getDetail(), 0));
        }
        DriftReport drift = ledger.drift().orElse(null);
        if (drift == null || drift.getState() != DriftState.DRIFTED) {
            return Decision.wait("");
        }
        if (ledger.isPaused()) {
            return Decision.wait("%s; paused, waiting for RESUME".formatted(reason(drift)));
        }
        long since = Math.max(ledger.inDistributionUntilMs(), lastAttemptMs);
        int fresh = ledger.replay().since(since).size();
        if (fresh < settings.freshReferences()) {
            return Decision.wait(
                    "%s; collecting references, %d of %d".formatted(reason(drift), fresh, settings.freshReferences()));
        }
        return Decision.train(new Trigger(
                cellModel,
                Trigger.DRIFT,
                "%s, %d fresh references".formatted(reason(drift), fresh),
                ledger.inDistributionUntilMs()));
    }

    /** While a drift lasts a window may be within all limits: then it is not yet back below where it is cleared. */
    private static String reason(DriftReport drift) {
        return drift.getCause().isEmpty()
                ? "drifted; median error %.4f, %.1f times that at release"
                        .formatted(drift.getMedianRelativeL2(), drift.getEffectSize())
                : drift.getCause();
    }
}
