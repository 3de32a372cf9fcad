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
import org.ionstream.standalone.broker.Answers;
import org.ionstream.standalone.security.StageRights;

/**
 * Whether whoever runs this may read and write what each stage does. Rights to transactional ids and groups cannot be asked
 * for without using them.
 */
final class RightsCheck {
    private static final String PLACE = "rights";

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
        for (StageRights needs : StageRights.of(topics)) {
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
                                    "ionstream acls --stage=%s --apply, or run this as the principal of the stage"
                                            .formatted(needs.stage())));
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
