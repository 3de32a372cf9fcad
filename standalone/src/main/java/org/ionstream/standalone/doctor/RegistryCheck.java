package org.ionstream.standalone.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.ionstream.schemas.registry.RegistryException;
import org.ionstream.schemas.registry.SchemaRegistry;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;

/** Whether the schema registry answers, and whether this version reads what was last registered for each topic. */
final class RegistryCheck {
    private static final String PLACE = "registry";

    private RegistryCheck() {}

    /** Nothing to say where there is no registry. */
    static List<Finding> look(Topics topics) {
        return topics.registry().map(registry -> look(topics, registry)).orElse(List.of());
    }

    private static List<Finding> look(Topics topics, SchemaRegistry registry) {
        List<Finding> findings = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        try {
            for (Topic<?> topic : topics.all()) {
                Optional<Schema> latest = registry.latest(topic.subject());
                if (latest.isEmpty()) {
                    absent.add(topic.subject());
                } else {
                    judge(topic, latest.get()).ifPresent(findings::add);
                }
            }
        } catch (RegistryException e) {
            return List.of(Finding.fail(PLACE, e.getMessage(), "as it says"));
        }
        if (!absent.isEmpty()) {
            findings.add(Finding.warn(
                    PLACE,
                    "no Avro schema yet of %s".formatted(String.join(", ", absent)),
                    "ionstream topics create registers them, or the first message of each does"));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok(
                    PLACE,
                    "%s: the latest schema of each of %d topics is understood"
                            .formatted(registry, topics.all().size())));
        }
        return findings;
    }

    private static Optional<Finding> judge(Topic<?> topic, Schema latest) {
        var compatibility =
                SchemaCompatibility.checkReaderWriterCompatibility(topic.wire().schema(), latest);
        return compatibility.getType() == SchemaCompatibilityType.COMPATIBLE
                ? Optional.empty()
                : Optional.of(Finding.fail(
                        PLACE,
                        "this version cannot read the latest schema of %s: %s"
                                .formatted(
                                        topic.subject(),
                                        compatibility.getResult().getIncompatibilities()),
                        "update this version, or take back what was registered by another program"));
    }
}
