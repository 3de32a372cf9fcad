package org.ionstream.trainer.retraining;

import org.ionstream.schemas.cell.CellModel;

/**
 * A reason to train.
 *
 * @param cellModel whose champion
 * @param name one of those below, or the id of a command
 * @param detail with the numbers
 * @param sinceMs references from then on are what the champion must learn
 */
record Trigger(CellModel cellModel, String name, String detail, long sinceMs) {
    static final String DRIFT = "drift";
    static final String NEW_REFERENCES = "new references";
    static final String SCHEDULE = "schedule";
}
