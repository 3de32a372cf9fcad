package org.ionstream.trainer.drift;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.DriftAlert;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.DriftState;
import org.ionstream.schemas.message.InputHistogram;

/**
 * What is known of one model version in service: the open window and the verdict so far. A value; every discrepancy makes a
 * new one.
 *
 * @param number of the open window, from 1
 * @param window open
 * @param expectedRelativeL2 median at release, as the last prediction says; 0: none has yet
 * @param inARow closed windows in a row that spoke against the present verdict
 * @param drifted the verdict
 * @param unmatched audits whose other half never came
 */
record DriftWatch(
        long number, DriftWindow window, double expectedRelativeL2, int inARow, boolean drifted, long unmatched) {
    static final DriftWatch START = new DriftWatch(1, DriftWindow.EMPTY, 0, 0, false, 0);

    /** What a discrepancy makes of a watch, and the report of the window that it fills. */
    record Step(DriftWatch next, Optional<DriftReport> report) {}

    /**
     * @param own protocols of the model, empty if they are not known
     * @param atMs of the discrepancy
     */
    Step after(Discrepancy discrepancy, List<InputHistogram> own, long atMs, DriftSettings settings) {
        return switch (discrepancy.getStatus()) {
            case REFERENCE_MISSING, PREDICTION_MISSING ->
                new Step(
                        new DriftWatch(number, window, expectedRelativeL2, inARow, drifted, unmatched + 1),
                        Optional.empty());
            case COMPARED, NOT_COMPARABLE, UNKNOWN ->
                DriftWindow.counts(discrepancy)
                        ? counted(discrepancy, own, atMs, settings)
                        : new Step(this, Optional.empty());
        };
    }

    private Step counted(Discrepancy discrepancy, List<InputHistogram> own, long atMs, DriftSettings settings) {
        Double stated = discrepancy.getExpectedRelativeL2();
        DriftWatch fuller = new DriftWatch(
                number,
                window.plus(discrepancy),
                stated == null ? expectedRelativeL2 : stated,
                inARow,
                drifted,
                unmatched);
        if (fuller.window.audits() < settings.auditsPerWindow()) {
            return new Step(fuller, Optional.empty());
        }
        DriftQuantities quantities = DriftQuantities.of(fuller.window, fuller.expectedRelativeL2, own);
        DriftWatch next = fuller.closed(quantities, settings);
        DriftReport report = quantities
                .begun(settings)
                .setCellModel(discrepancy.getCellModel())
                .setModelId(discrepancy.getModelId())
                .setWindow(number)
                .setAudits(fuller.window.audits())
                .setExpectedRelativeL2(fuller.expectedRelativeL2)
                .setState(next.state())
                .setAlert(alert(next))
                .setUnmatched(unmatched)
                .setLastAuditAtMs(atMs)
                .build();
        return new Step(next, Optional.of(report));
    }

    /** The next window, with the verdict that the full one leads to. */
    private DriftWatch closed(DriftQuantities quantities, DriftSettings settings) {
        boolean against = drifted ? quantities.areClear(settings) : quantities.areBeyond(settings);
        int contrary = against ? inARow + 1 : 0;
        boolean turned = contrary >= settings.persistence();
        return new DriftWatch(
                number + 1, DriftWindow.EMPTY, expectedRelativeL2, turned ? 0 : contrary, turned != drifted, unmatched);
    }

    private DriftAlert alert(DriftWatch next) {
        if (next.drifted == drifted) {
            return DriftAlert.NONE;
        }
        return next.drifted ? DriftAlert.RAISED : DriftAlert.CLEARED;
    }

    @JsonIgnore
    DriftState state() {
        if (drifted) {
            return DriftState.DRIFTED;
        }
        return inARow > 0 ? DriftState.SUSPECTED : DriftState.IN_DISTRIBUTION;
    }
}
