package org.ionstream.trainer.data;

/** Where the protocols of a data set come from. */
public enum DatasetOrigin {
    /** The tables of the FNO paper, in their proportions. */
    PAPER,
    /** Pulse trains and S1-S2. */
    PACING,
    /** Single pulses from ranges of onset, duration and amplitude. */
    PULSES,
    /** Somebody's protocol file; only the hash of the protocols says which. */
    FILE
}
