package org.ionstream.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That the names of metrics are those that are exported, is seen on a running simulator in {@link LearningLoopTest}. */
class OperationFilesTest {
    @Test
    void shouldFindTheMetricsOfAnExpression() {
        assertThat(
                        OperationFiles.metricNames(
                                "histogram_quantile(0.9, sum by (le, stage) (rate(a_bucket{b=\"c d\"}[5m]))) / max(e_total) > 5"))
                .containsExactly("a_bucket", "e_total");
        assertThat(OperationFiles.metricNames()).hasSizeGreaterThan(20);
    }

    @Test
    @SuppressWarnings("unchecked")
    void shouldReadTheDataSourceThatIsProvisioned() {
        List<Map<String, Object>> sources =
                (List<Map<String, Object>>) OperationFiles.yaml("grafana/provisioning/datasources/ionstream.yml")
                        .get("datasources");
        String uid = (String) sources.get(0).get("uid");
        Set<String> boards = new HashSet<>();

        for (JsonNode dashboard : OperationFiles.dashboards()) {
            assertThat(boards.add(dashboard.get("uid").asText())).isTrue();
            Set<Integer> panels = new HashSet<>();
            for (JsonNode panel : dashboard.get("panels")) {
                assertThat(panels.add(panel.get("id").asInt())).isTrue();
                assertThat(panel.get("datasource").get("uid").asText()).isEqualTo(uid);
                assertThat(panel.get("targets")).isNotEmpty();
            }
        }
        assertThat(boards).hasSize(2);
    }

    @Test
    @SuppressWarnings("unchecked")
    void shouldNameTheRemedyOrTheStateInEveryAlert() {
        assertThat(OperationFiles.alerts())
                .hasSizeGreaterThan(8)
                .allSatisfy(alert -> assertThat(((Map<String, String>) alert.get("annotations")).get("summary"))
                        .hasSizeGreaterThan(20));
        for (String file : List.of("prometheus/prometheus.yml", "prometheus/prometheus-compose.yml")) {
            List<String> rules = (List<String>) OperationFiles.yaml(file).get("rule_files");
            assertThat(rules)
                    .allMatch(name -> Files.isRegularFile(
                            OperationFiles.FOLDER.resolve("prometheus").resolve(name)));
        }
    }
}
