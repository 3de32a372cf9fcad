package org.ionstream.standalone.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An installation for a demand, reckoned from measured costs: every part is used to 70 % at most, so that it catches up after
 * a fault.
 *
 * @param demand that it is for
 * @param partitions of the topics that are shared
 * @param surrogates processes; each polls on one thread, which also predicts, or has a GPU predict
 * @param surrogateProcessors cores of all surrogates together
 * @param referenceProcessors cores that solve, in any number of processes
 * @param brokersNeeded for what is written, all copies counted
 * @param topics what is written and kept
 * @param limits protocols a second at which each part would be full, the smallest first
 */
public record Plan(
        Demand demand,
        int partitions,
        int surrogates,
        int surrogateProcessors,
        int referenceProcessors,
        int brokersNeeded,
        List<TopicLoad> topics,
        Map<String, Double> limits) {
    static final double UTILISATION = 0.7;

    /** One partition is read by one thread: fewer leave nothing to be added, more cost files on every broker. */
    private static final int FEWEST_PARTITIONS = 4;

    private static final double SECONDS_PER_HOUR = 3600;

    /**
     * @param topic without prefix and version
     * @param recordsPerSecond written
     * @param bytesPerRecord on disk, compressed
     * @param bytesPerSecond written, one copy
     * @param bytesPerHour on disk, all copies
     * @param hoursKept until the topic's limit of bytes deletes the oldest; infinite if its age does before
     */
    public record TopicLoad(
            String topic,
            double recordsPerSecond,
            double bytesPerRecord,
            double bytesPerSecond,
            double bytesPerHour,
            double hoursKept) {}

    public static Plan of(Demand demand, Costs.Broker broker, Costs.OfCellModel costs) {
        Map<String, Double> limits = limits(demand, broker, costs);
        boolean onGpu = demand.gpus() > 0;
        double ofThread =
                costs.seconds().prepare() + (onGpu ? 0 : costs.seconds().inference());
        int surrogates = onGpu ? demand.gpus() : processes(demand.protocolsPerSecond() * ofThread);
        int surrogateProcessors = processes(
                demand.protocolsPerSecond() * (ofThread + costs.seconds().answer()));
        int referenceProcessors = processes(
                demand.protocolsPerSecond() * solved(demand) * costs.seconds().solve());
        int partitions = Math.max(FEWEST_PARTITIONS, powerOfTwo(Math.max(surrogates, 1)));
        List<TopicLoad> topics = Loads.of(demand, costs.bytes(), partitions);
        double written = topics.stream().mapToDouble(TopicLoad::bytesPerSecond).sum() * demand.replication();
        int brokersNeeded = Math.max(
                demand.replication(), (int) Math.ceil(written / (UTILISATION * broker.writtenBytesPerSecond())));
        return new Plan(
                demand,
                partitions,
                surrogates,
                surrogateProcessors,
                referenceProcessors,
                brokersNeeded,
                topics,
                limits);
    }

    /** The same installation with more and more GPUs, and as many protocols as its first bottleneck lets through. */
    public static List<Plan> capacity(Demand demand, Costs.Broker broker, Costs.OfCellModel costs, List<Integer> gpus) {
        List<Plan> plans = new ArrayList<>();
        for (int count : gpus) {
            double most = limits(demand.with(1, count), broker, costs)
                    .values()
                    .iterator()
                    .next();
            plans.add(of(demand.with(most, count), broker, costs));
        }
        return plans;
    }

    /** Brokers that take what the GPUs of the demand and their threads can predict. */
    public static int brokersForBusyGpus(Demand demand, Costs.Broker broker, Costs.OfCellModel costs) {
        double most = UTILISATION
                * demand.gpus()
                * Math.min(demand.gpuPerSecond(), 1 / costs.seconds().prepare());
        return of(demand.with(most, demand.gpus()), broker, costs).brokersNeeded();
    }

    public String firstBottleneck() {
        return limits.keySet().iterator().next();
    }

    public double bytesPerSecond() {
        return topics.stream().mapToDouble(TopicLoad::bytesPerSecond).sum();
    }

    static double solved(Demand demand) {
        return demand.auditShare() + demand.routedShare() * (1 - demand.auditShare());
    }

    /** What can be made wider by another process is no limit here; what cannot, is. */
    private static Map<String, Double> limits(Demand demand, Costs.Broker broker, Costs.OfCellModel costs) {
        Map<String, Double> limits = new LinkedHashMap<>();
        if (demand.gpus() > 0) {
            limits.put("GPUs", UTILISATION * demand.gpus() * demand.gpuPerSecond());
            limits.put(
                    "surrogate threads, one for each GPU",
                    UTILISATION * demand.gpus() / costs.seconds().prepare());
        }
        double bytes = Loads.of(demand.with(1, demand.gpus()), costs.bytes(), 1).stream()
                .mapToDouble(TopicLoad::bytesPerSecond)
                .sum();
        limits.put(
                "%d broker(s)".formatted(demand.brokers()),
                UTILISATION * demand.brokers() * broker.writtenBytesPerSecond() / (bytes * demand.replication()));
        limits.put(
                "the trainer's stream thread, which decodes every prediction",
                UTILISATION
                        / (costs.seconds().decode()
                                + demand.auditShare() * costs.seconds().compare()));
        Map<String, Double> ordered = new LinkedHashMap<>();
        limits.entrySet().stream()
                .sorted(Comparator.comparingDouble(Map.Entry::getValue))
                .forEach(limit -> ordered.put(limit.getKey(), limit.getValue()));
        return ordered;
    }

    private static int processes(double busy) {
        return (int) Math.ceil(busy / UTILISATION);
    }

    private static int powerOfTwo(int atLeast) {
        return Integer.highestOneBit(2 * atLeast - 1);
    }

    /** Bytes of one topic in an hour. */
    static double perHour(double bytesPerSecond, int replication) {
        return bytesPerSecond * SECONDS_PER_HOUR * replication;
    }
}
