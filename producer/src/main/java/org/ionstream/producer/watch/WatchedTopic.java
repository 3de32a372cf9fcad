package org.ionstream.producer.watch;

/** What can be watched. */
public enum WatchedTopic {
    PREDICTIONS,
    DISCREPANCIES
}
