package org.ionstream.producer;

/** A distribution of stimulus protocols of one cell model, all of them valid. Immutable, thread-safe. */
@FunctionalInterface
public interface ProtocolDistribution {
    /**
     * Protocols without end, the same ones for the same arguments.
     *
     * @param runPrefix begins every id; take another one per run, or the ids repeat
     */
    ProtocolSource endless(long seed, String runPrefix);
}
