package org.ionstream.standalone.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An installation for a demand, reckoned from measured costs ({@link ProtocolCost}): every part is used to 70 % at most, so that
 * it catches up after a fault. A broker has as many processors as the machine that was measured.
 *
 * @param demand that it is for
 * @param partitions of the topics that are shared
 * @param surrogates processes; each reads, predicts or has a GPU predict, and sends on one thread
 * @param surrogateProcessors cores of all surrogates together
 * @param referenceProcessors cores of all references together, in any number of processes
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

    /** @param costs of the cell model, among the others */
    public static Plan of(Demand demand, Costs costs, Costs.OfCellModel cell) {
        ProtocolCost predicted = predicted(demand, costs, cell);
        double rate = demand.protocolsPerSecond();
        int surrogates = demand.gpus() > 0 ? demand.gpus() : processes(rate * predicted.thread());
        int partitions = Math.max(FEWEST_PARTITIONS, powerOfTwo(Math.max(surrogates, 1)));
        List<TopicLoad> topics = Loads.of(demand, cell.bytes(), partitions);
        int brokersNeeded = Math.max(
                demand.replication(),
                Math.max(
                        processes(bytesOfAllCopies(demand, topics)
                                / costs.broker().writtenBytesPerSecond()),
                        processes(brokerSeconds(demand, costs, topics)
                                / costs.machine().processors())));
        return new Plan(
                demand,
                partitions,
                surrogates,
                processes(rate * predicted.process()),
                processes(rate * referenceSeconds(demand, costs, cell)),
                brokersNeeded,
                topics,
                limits(demand, costs, cell));
    }

    /** The same installation with more and more GPUs, and as many protocols as its first bottleneck lets through. */
    public static List<Plan> capacity(Demand demand, Costs costs, Costs.OfCellModel cell, List<Integer> gpus) {
        List<Plan> plans = new ArrayList<>();
        for (int count : gpus) {
            double most = limits(demand.with(1, count), costs, cell)
                    .values()
                    .iterator()
                    .next();
            plans.add(of(demand.with(most, count), costs, cell));
        }
        return plans;
    }

    /** Brokers that take what the GPUs of the demand and their threads can predict. */
    public static int brokersForBusyGpus(Demand demand, Costs costs, Costs.OfCellModel cell) {
        double most =
                UTILISATION * demand.gpus() / predicted(demand, costs, cell).thread();
        return of(demand.with(most, demand.gpus()), costs, cell).brokersNeeded();
    }

    public String firstBottleneck() {
        return limits.keySet().iterator().next();
    }

    public double bytesPerSecond() {
        return topics.stream().mapToDouble(TopicLoad::bytesPerSecond).sum();
    }

    /** Share of the protocols that a reference solves. */
    static double solved(Demand demand) {
        return demand.auditShare() + demand.routedShare() * (1 - demand.auditShare());
    }

    private static ProtocolCost predicted(Demand demand, Costs costs, Costs.OfCellModel cell) {
        double bytes = cell.bytes().prediction(demand.variables());
        return demand.gpus() > 0
                ? ProtocolCost.predictedOnGpu(cell.seconds(), costs.stream(), bytes, demand.gpuPerSecond())
                : ProtocolCost.predicted(cell.seconds(), costs.stream(), bytes);
    }

    /** Of the processors of all references, for each protocol published; what is routed to them has a prediction besides. */
    private static double referenceSeconds(Demand demand, Costs costs, Costs.OfCellModel cell) {
        double reference = cell.bytes().reference(demand.variables());
        double prediction = cell.bytes().prediction(demand.variables());
        double sending =
                costs.stream().stage().of(prediction) + costs.stream().client().of(prediction);
        return solved(demand)
                        * ProtocolCost.solved(cell.seconds(), costs.stream(), reference)
                                .process()
                + demand.routedShare() * sending;
    }

    private static double bytesOfAllCopies(Demand demand, List<TopicLoad> topics) {
        return demand.replication()
                * topics.stream().mapToDouble(TopicLoad::bytesPerSecond).sum();
    }

    /** Of the processors of all brokers, each second. */
    private static double brokerSeconds(Demand demand, Costs costs, List<TopicLoad> topics) {
        return demand.replication()
                * topics.stream()
                        .mapToDouble(load -> load.recordsPerSecond()
                                * costs.stream().broker().of(load.bytesPerRecord()))
                        .sum();
    }

    /** What can be made wider by another process is no limit here; what cannot, is. */
    private static Map<String, Double> limits(Demand demand, Costs costs, Costs.OfCellModel cell) {
        Map<String, Double> limits = new LinkedHashMap<>();
        if (demand.gpus() > 0) {
            limits.put(
                    "GPUs, each with the thread that feeds it",
                    UTILISATION * demand.gpus() / predicted(demand, costs, cell).thread());
        }
        List<TopicLoad> ofOne = Loads.of(demand.with(1, demand.gpus()), cell.bytes(), 1);
        limits.put(
                "%d broker(s), their logs".formatted(demand.brokers()),
                UTILISATION
                        * demand.brokers()
                        * costs.broker().writtenBytesPerSecond()
                        / bytesOfAllCopies(demand, ofOne));
        limits.put(
                "%d broker(s), their processors".formatted(demand.brokers()),
                UTILISATION * demand.brokers() * costs.machine().processors() / brokerSeconds(demand, costs, ofOne));
        limits.put(
                "the trainer's stream thread, which decodes every prediction",
                UTILISATION
                        / (cell.seconds().decode()
                                + demand.auditShare() * cell.seconds().compare()));
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
