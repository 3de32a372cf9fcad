package org.ionstream.standalone.plan;

/**
 * What an installation is to do, and with what.
 *
 * @param protocolsPerSecond published
 * @param variables wanted of each trajectory
 * @param auditShare solved besides, uniformly
 * @param routedShare left to the reference, which answers in the surrogate's place
 * @param gpus each with a surrogate process; 0: surrogates on processors
 * @param gpuPerSecond trajectories that one GPU predicts
 * @param brokers each as fast as the one measured
 * @param replication copies of every record
 */
public record Demand(
        double protocolsPerSecond,
        int variables,
        double auditShare,
        double routedShare,
        int gpus,
        double gpuPerSecond,
        int brokers,
        int replication) {
    public Demand {
        if (!(protocolsPerSecond > 0) || !(gpuPerSecond > 0) || variables < 0 || gpus < 0) {
            throw new IllegalArgumentException(
                    "%s protocols a second, %d variables, %d GPUs of %s a second; rates must be positive, counts not negative"
                            .formatted(protocolsPerSecond, variables, gpus, gpuPerSecond));
        }
        if (!(auditShare >= 0 && auditShare <= 1 && routedShare >= 0 && routedShare <= 1)) {
            throw new IllegalArgumentException(
                    "audit share %s, routed share %s; both must be in [0, 1]".formatted(auditShare, routedShare));
        }
        if (brokers < 1 || replication < 1 || replication > brokers) {
            throw new IllegalArgumentException(
                    "%d brokers for %d copies; there must be a broker for each copy".formatted(brokers, replication));
        }
    }

    /** The same with other protocols a second and GPUs. */
    public Demand with(double protocols, int moreGpus) {
        return new Demand(protocols, variables, auditShare, routedShare, moreGpus, gpuPerSecond, brokers, replication);
    }
}
