package org.ionstream.standalone.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The dashboards and alert rules in the sources. */
final class OperationFiles {
    static final Path FOLDER = Path.of("src/main/operations");

    /** Labels, texts, groupings and ranges are no metrics. */
    private static final Pattern NO_METRIC =
            Pattern.compile("\\{[^}]*}|\"[^\"]*\"|\\b(by|without) *\\([^)]*\\)|\\[[^]]*]");

    /** A word that is not called like a function. */
    private static final Pattern WORD = Pattern.compile("\\b[a-z_][a-z0-9_]*\\b(?! *\\()");

    /** Made by Prometheus itself. */
    private static final Set<String> ITS_OWN = Set.of("up");

    private OperationFiles() {}

    static List<JsonNode> dashboards() {
        try (Stream<Path> files = Files.list(FOLDER.resolve("grafana/dashboards"))) {
            List<JsonNode> dashboards = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                dashboards.add(new ObjectMapper().readTree(file.toFile()));
            }
            return dashboards;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Object> yaml(String file) {
        try {
            return new Yaml().load(Files.readString(FOLDER.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> alerts() {
        List<Map<String, Object>> groups =
                (List<Map<String, Object>>) yaml("prometheus/alerts.yml").get("groups");
        return groups.stream()
                .flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream())
                .toList();
    }

    /** Every metric that a panel or a rule asks for, but Prometheus' own. */
    static Set<String> metricNames() {
        Set<String> names = new TreeSet<>();
        alerts().forEach(alert -> names.addAll(metricNames((String) alert.get("expr"))));
        dashboards()
                .forEach(dashboard -> dashboard
                        .findValues("expr")
                        .forEach(expression -> names.addAll(metricNames(expression.asText()))));
        names.removeAll(ITS_OWN);
        return names;
    }

    static Set<String> metricNames(String expression) {
        Set<String> names = new TreeSet<>();
        Matcher words = WORD.matcher(NO_METRIC.matcher(expression).replaceAll(" "));
        while (words.find()) {
            names.add(words.group());
        }
        return names;
    }
}
