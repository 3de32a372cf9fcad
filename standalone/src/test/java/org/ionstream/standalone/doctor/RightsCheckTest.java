package org.ionstream.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.doctor.Finding.Level;
import org.junit.jupiter.api.Test;

class RightsCheckTest {
    private final Topics topics = Topics.standard();

    @Test
    void shouldNameTheStageThatMayNotWrite() {
        Map<String, TopicDescription> described = new HashMap<>();
        topics.names().forEach(name -> described.put(name, allowed(name, AclOperation.READ, AclOperation.WRITE)));
        described.put(topics.audits.name(), allowed(topics.audits.name(), AclOperation.READ));

        List<Finding> findings = RightsCheck.judge(topics, described);

        assertThat(findings)
                .extracting(Finding::level)
                .containsExactly(Level.FAIL, Level.OK, Level.OK, Level.OK, Level.OK, Level.OK);
        assertThat(findings.get(0).found()).isEqualTo("a surrogate may not: WRITE ionstream.audits.v1");
        assertThat(findings.get(0).remedy()).contains("ionstream acls --stage=surrogate --apply");
    }

    private static TopicDescription allowed(String name, AclOperation... operations) {
        return new TopicDescription(name, false, List.of(), Set.of(operations));
    }
}
