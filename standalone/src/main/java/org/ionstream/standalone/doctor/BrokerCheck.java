package org.ionstream.standalone.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.Node;
import org.ionstream.standalone.broker.Answers;

/** Whether brokers answer, and which features they have switched on. */
final class BrokerCheck {
    private static final String PLACE = "broker";
    private static final String TRANSACTIONS = "transaction.version";
    private static final String METADATA = "metadata.version";

    /** From this level on, transactions are safe from records of an earlier try (KIP-890). */
    private static final int SAFE_TRANSACTIONS = 2;

    private BrokerCheck() {}

    static List<Finding> look(Admin admin) {
        List<Finding> findings = new ArrayList<>();
        List<Node> nodes = List.copyOf(Answers.of(admin.describeCluster().nodes()));
        findings.add(Finding.ok(PLACE, "%d broker(s): %s".formatted(nodes.size(), nodes)));
        var features = Answers.of(admin.describeFeatures().featureMetadata());
        Map<String, FinalizedVersionRange> on = features.finalizedFeatures();
        findings.add(Finding.ok(PLACE, "%s %d is in use".formatted(METADATA, level(on, METADATA))));
        int most = Optional.ofNullable(features.supportedFeatures().get(TRANSACTIONS))
                .map(range -> (int) range.maxVersion())
                .orElse(0);
        findings.add(transactions(level(on, TRANSACTIONS), most));
        return findings;
    }

    /**
     * @param inUse level of the feature
     * @param most that the brokers know
     */
    static Finding transactions(int inUse, int most) {
        String found = "%s %d is in use".formatted(TRANSACTIONS, inUse);
        if (inUse >= SAFE_TRANSACTIONS) {
            return Finding.ok(PLACE, found);
        }
        return Finding.warn(
                PLACE,
                found
                        + "; below %d a record of an aborted try can enter the next transaction"
                                .formatted(SAFE_TRANSACTIONS),
                most >= SAFE_TRANSACTIONS
                        ? "kafka-features.sh --bootstrap-server HOST:PORT upgrade --feature %s=%d"
                                .formatted(TRANSACTIONS, SAFE_TRANSACTIONS)
                        : "take Kafka 4.0 or later");
    }

    private static int level(Map<String, FinalizedVersionRange> features, String name) {
        return Optional.ofNullable(features.get(name))
                .map(range -> (int) range.maxVersionLevel())
                .orElse(0);
    }
}
