package org.ionstream.standalone.plan;

import java.util.List;
import java.util.Map;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.plan.Plan.TopicLoad;

/** What a demand writes to each topic. */
final class Loads {
    private static final double MS_PER_HOUR = 3_600_000;
    private static final Topics TOPICS = Topics.standard();

    private Loads() {}

    static List<TopicLoad> of(Demand demand, Costs.Bytes bytes, int partitions) {
        double rate = demand.protocolsPerSecond();
        double prediction = bytes.prediction(demand.variables());
        double reference = bytes.reference(demand.variables());
        double audited = rate * demand.auditShare();
        return List.of(
                load(TOPICS.stimuli, rate, bytes.stimulus(), demand, partitions),
                load(TOPICS.predictions, rate, prediction, demand, partitions),
                load(TOPICS.audits, rate * demand.routedShare(), bytes.stimulus(), demand, partitions),
                load(TOPICS.references, rate * Plan.solved(demand), reference, demand, partitions),
                load(TOPICS.discrepancies, audited, bytes.discrepancy(), demand, partitions),
                // both halves once to meet by key, once as the state of the join
                load("join (internal)", audited, 2 * (prediction + reference), demand, Double.POSITIVE_INFINITY));
    }

    private static TopicLoad load(Topic<?> topic, double rate, double bytes, Demand demand, int partitions) {
        Map<String, String> kept = topic.configuration();
        double byBytes = Double.parseDouble(kept.get("retention.bytes")) * partitions / (rate * bytes) / 3600;
        double byAge = Double.parseDouble(kept.get("retention.ms")) / MS_PER_HOUR;
        String name = topic.name().substring(TOPICS.prefix().length());
        return load(name, rate, bytes, demand, Math.min(byBytes, byAge));
    }

    private static TopicLoad load(String name, double rate, double bytes, Demand demand, double hoursKept) {
        return new TopicLoad(
                name, rate, bytes, rate * bytes, Plan.perHour(rate * bytes, demand.replication()), hoursKept);
    }
}
