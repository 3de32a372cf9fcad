package org.ionstream.trainer.data;

/** What a data set is for. */
public enum DatasetRole {
    /** Weights are fitted to it. */
    TRAINING,
    /** Models and settings are chosen by it. */
    VALIDATION,
    /** Reported and nothing else: neither fitted to nor chosen by. */
    TEST
}
