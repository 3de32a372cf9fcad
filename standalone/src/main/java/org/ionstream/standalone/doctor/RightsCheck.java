package org.ionstream.standalone.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.ionstream.schemas.stream.Topics;

/**
 * Whether whoever runs this may read and write what each stage does. Rights to transactional ids and groups cannot be asked
 * for without using them.
 */
final class RightsCheck {
    private static final String PLACE = "rights";

    /** A stage and the topics that it reads and writes. */
    private record Needs(String stage, List<String> reads, List<String> writes) {
        static List<Needs> of(Topics topics) {
            return List.of(
                    new Needs(
                            "surrogate",
                            List.of(
                                    topics.stimuli.name(),
                                    topics.models.name(),
                                    topics.modelArtifacts,
                                    topics.bands.name()),
                            List.of(
                                    topics.predictions.name(),
                                    topics.audits.name(),
                                    topics.stimuli.deadLetters(),
                                    topics.models.deadLetters())),
                    new Needs(
                            "reference",
                            List.of(topics.stimuli.name(), topics.audits.name()),
                            List.of(topics.predictions.name(), topics.references.name(), topics.audits.deadLetters())),
                    new Needs(
                            "trainer",
                            List.of(
                                    topics.predictions.name(),
                                    topics.references.name(),
                                    topics.discrepancies.name(),
                                    topics.drift.name(),
                                    topics.commands.name(),
                                    topics.commandResults.name(),
                                    topics.training.name(),
                                    topics.models.name(),
                                    topics.modelArtifacts,
                                    topics.trials.name(),
                                    topics.trialResults.name()),
                            List.of(
                                    topics.discrepancies.name(),
                                    topics.drift.name(),
                                    topics.bands.name(),
                                    topics.commandResults.name(),
                                    topics.training.name(),
                                    topics.models.name(),
                                    topics.modelArtifacts,
                                    topics.trials.name(),
                                    topics.predictions.deadLetters(),
                                    topics.references.deadLetters(),
                                    topics.commands.deadLetters())),
                    new Needs(
                            "tuning worker",
                            List.of(topics.trials.name()),
                            List.of(topics.trialResults.name(), topics.trials.deadLetters())));
        }
    }

    private RightsCheck() {}

    /** @param present names of the topics that are there; the others have no rights yet */
    static List<Finding> look(Admin admin, Topics topics, Set<String> present) {
        Map<String, TopicDescription> described =
                Answers.of(admin.describeTopics(present, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                        .allTopicNames());
        return judge(topics, described);
    }

    static List<Finding> judge(Topics topics, Map<String, TopicDescription> described) {
        List<Finding> findings = new ArrayList<>();
        for (Needs needs : Needs.of(topics)) {
            List<String> refused = Stream.concat(
                            refused(described, needs.reads(), AclOperation.READ),
                            refused(described, needs.writes(), AclOperation.WRITE))
                    .toList();
            findings.add(
                    refused.isEmpty()
                            ? Finding.ok(
                                    PLACE,
                                    "a %s may read %d topics and write %d"
                                            .formatted(
                                                    needs.stage(),
                                                    needs.reads().size(),
                                                    needs.writes().size()))
                            : Finding.fail(
                                    PLACE,
                                    "a %s may not: %s".formatted(needs.stage(), String.join(", ", refused)),
                                    "kafka-acls.sh --add --allow-principal User:NAME --operation READ or WRITE --topic NAME,"
                                            + " or run this as the principal of the stage"));
        }
        return findings;
    }

    private static Stream<String> refused(
            Map<String, TopicDescription> described, List<String> names, AclOperation operation) {
        return names.stream()
                .filter(described::containsKey)
                .filter(name -> !described.get(name).authorizedOperations().contains(operation))
                .map(name -> operation + " " + name);
    }
}
