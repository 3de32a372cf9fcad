package org.ionstream.standalone.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.broker.Answers;

/** Whether the topics are there and kept as the catalogue wants. */
final class TopicsCheck {
    private static final String PLACE = "topics";
    private static final String CLEANUP = "cleanup.policy";
    private static final String LARGEST = "max.message.bytes";

    /** A record with a trajectory is below 1 MB, with its key and headers too. */
    private static final long LARGEST_WANTED = 1_000_000;

    private TopicsCheck() {}

    /** @param present partition counts of the topics that are there */
    static List<Finding> look(Admin admin, Topics topics, Map<String, Integer> present) {
        List<Finding> findings = new ArrayList<>();
        Set<String> missing = new TreeSet<>(topics.configurations().keySet());
        missing.removeAll(present.keySet());
        if (!missing.isEmpty()) {
            findings.add(Finding.fail(
                    PLACE,
                    "missing: " + String.join(", ", missing),
                    "ionstream topics create; those there stay as they are"));
        }
        Map<String, Integer> joined = new TreeMap<>(present);
        joined.keySet().retainAll(topics.joined());
        if (Set.copyOf(joined.values()).size() > 1) {
            findings.add(Finding.fail(
                    PLACE,
                    "joined topics with unequal partition counts: " + joined,
                    "kafka-topics.sh --alter --topic NAME --partitions N, until all have the most that one has"));
        }
        findings.addAll(configurations(admin, topics, present.keySet()));
        if (findings.isEmpty()) {
            findings.add(Finding.ok(PLACE, "%d topics, as wanted".formatted(present.size())));
        }
        return findings;
    }

    private static List<Finding> configurations(Admin admin, Topics topics, Set<String> present) {
        List<ConfigResource> asked = present.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        List<Finding> findings = new ArrayList<>();
        Answers.of(admin.describeConfigs(asked).all())
                .forEach((topic, found) -> topics.configurations()
                        .get(topic.name())
                        .forEach((setting, wanted) -> compare(topic.name(), setting, wanted, found, findings)));
        Answers.of(admin.describeConfigs(asked).all()).forEach((topic, found) -> {
            long largest = Long.parseLong(found.get(LARGEST).value());
            if (largest < LARGEST_WANTED) {
                findings.add(Finding.fail(
                        PLACE,
                        "%s takes records of %d bytes at most".formatted(topic.name(), largest),
                        alter(topic.name(), LARGEST, Long.toString(LARGEST_WANTED))));
            }
        });
        return findings;
    }

    private static void compare(String topic, String setting, String wanted, Config found, List<Finding> findings) {
        String value = found.get(setting).value();
        if (value.equals(wanted)) {
            return;
        }
        String text = "%s has %s=%s, wanted is %s".formatted(topic, setting, value, wanted);
        findings.add(
                setting.equals(CLEANUP)
                        ? Finding.fail(
                                PLACE, text + ": what it must remember would be deleted", alter(topic, setting, wanted))
                        : Finding.warn(PLACE, text, alter(topic, setting, wanted) + ", if this is not on purpose"));
    }

    private static String alter(String topic, String setting, String wanted) {
        return "kafka-configs.sh --alter --topic %s --add-config %s=%s".formatted(topic, setting, wanted);
    }
}
