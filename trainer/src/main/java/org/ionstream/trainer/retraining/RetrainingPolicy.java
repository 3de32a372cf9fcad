package org.ionstream.trainer.retraining;

import java.util.Optional;
import java.util.Set;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.CommandKind;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.DriftState;
import org.ionstream.schemas.message.ModelRelease;

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
    Decision decide(CellModel cellModel, CellModelLedger ledger, long lastAttemptMs, long nowMs) {
        Optional<CommandResult> order = ledger.nextCommand(ORDERS);
        if (order.isPresent()) {
            return Decision.train(new Trigger(
                    cellModel, order.get().getCommandId(), order.get().getDetail(), 0));
        }
        Optional<Trigger> due = drift(cellModel, ledger)
                .or(() -> newReferences(cellModel, ledger, lastAttemptMs))
                .or(() -> schedule(cellModel, ledger, lastAttemptMs, nowMs));
        if (due.isEmpty()) {
            return Decision.wait("");
        }
        String obstacle = obstacle(due.get(), ledger, lastAttemptMs, nowMs);
        return obstacle.isEmpty()
                ? Decision.train(due.get())
                : Decision.wait("%s; %s".formatted(due.get().detail(), obstacle));
    }

    private static Optional<Trigger> drift(CellModel cellModel, CellModelLedger ledger) {
        return ledger.drift()
                .filter(report -> report.getState() == DriftState.DRIFTED)
                .map(report -> new Trigger(cellModel, Trigger.DRIFT, reason(report), ledger.inDistributionUntilMs()));
    }

    private Optional<Trigger> newReferences(CellModel cellModel, CellModelLedger ledger, long lastAttemptMs) {
        int wanted = settings.triggers().newReferences();
        long since = since(ledger, lastAttemptMs);
        int come = wanted == 0 ? 0 : ledger.replay().since(since).size();
        return wanted > 0 && come >= wanted
                ? Optional.of(
                        new Trigger(cellModel, Trigger.NEW_REFERENCES, "%d new references".formatted(come), since))
                : Optional.empty();
    }

    private Optional<Trigger> schedule(CellModel cellModel, CellModelLedger ledger, long lastAttemptMs, long nowMs) {
        long everyMs = settings.triggers().schedule().toMillis();
        long since = since(ledger, lastAttemptMs);
        return everyMs > 0 && nowMs - since >= everyMs
                ? Optional.of(new Trigger(
                        cellModel,
                        Trigger.SCHEDULE,
                        "%.1f hours since the last training".formatted((nowMs - since) / 3.6e6),
                        since))
                : Optional.empty();
    }

    /** Of the last training, or of the champion that none has replaced yet. */
    private static long since(CellModelLedger ledger, long lastAttemptMs) {
        return Math.max(
                lastAttemptMs,
                ledger.champion().map(ModelRelease::getReleasedAtMs).orElse(0L));
    }

    /** Why a training that is due does not begin; empty: it does. */
    private String obstacle(Trigger due, CellModelLedger ledger, long lastAttemptMs, long nowMs) {
        if (ledger.isPaused()) {
            return "paused, waiting for RESUME";
        }
        RetrainingTriggers limits = settings.triggers();
        int sinceRelease = ledger.replay()
                .since(ledger.champion().map(ModelRelease::getReleasedAtMs).orElse(0L))
                .size();
        if (sinceRelease < limits.warmUp()) {
            return "warm-up of the champion, %d of %d references".formatted(sinceRelease, limits.warmUp());
        }
        long rested = nowMs - lastAttemptMs;
        if (rested < limits.cooldown().toMillis()) {
            return "cooldown of %s since the last training".formatted(limits.cooldown());
        }
        double minutes = ledger.trainingMinutesOfTheLastDay(nowMs);
        if (minutes >= limits.minutesPerDay()) {
            return "trainings took %.0f minutes in the last 24 hours, at most %.0f are to be spent"
                    .formatted(minutes, limits.minutesPerDay());
        }
        int fresh =
                ledger.replay().since(Math.max(due.sinceMs(), lastAttemptMs)).size();
        return fresh < settings.freshReferences()
                ? "collecting references, %d of %d".formatted(fresh, settings.freshReferences())
                : "";
    }

    /** While a drift lasts a window may be within all limits: then it is not yet back below where it is cleared. */
    private static String reason(DriftReport drift) {
        return drift.getCause().isEmpty()
                ? "drifted; median error %.4f, %.1f times that at release"
                        .formatted(drift.getMedianRelativeL2(), drift.getEffectSize())
                : drift.getCause();
    }
}
