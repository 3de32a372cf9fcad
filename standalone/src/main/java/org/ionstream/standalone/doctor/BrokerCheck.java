package org.ionstream.standalone.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.SupportedVersionRange;
import org.apache.kafka.common.Node;

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
        int transactions = level(on, TRANSACTIONS);
        if (transactions >= SAFE_TRANSACTIONS) {
            findings.add(Finding.ok(PLACE, "%s %d is in use".formatted(TRANSACTIONS, transactions)));
        } else {
            findings.add(Finding.warn(
                    PLACE,
                    "%s %d is in use; below %d a record of an aborted try can enter the next transaction"
                            .formatted(TRANSACTIONS, transactions, SAFE_TRANSACTIONS),
                    transactionsRemedy(features.supportedFeatures())));
        }
        return findings;
    }

    private static String transactionsRemedy(Map<String, SupportedVersionRange> supported) {
        SupportedVersionRange range = supported.get(TRANSACTIONS);
        return range != null && range.maxVersion() >= SAFE_TRANSACTIONS
                ? "kafka-features.sh --bootstrap-server HOST:PORT upgrade --feature %s=%d"
                        .formatted(TRANSACTIONS, SAFE_TRANSACTIONS)
                : "take Kafka 4.0 or later";
    }

    private static int level(Map<String, FinalizedVersionRange> features, String name) {
        return Optional.ofNullable(features.get(name))
                .map(range -> (int) range.maxVersionLevel())
                .orElse(0);
    }
}
