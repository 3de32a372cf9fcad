package org.ionstream.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ionstream.standalone.broker.EmbeddedBroker;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus itself, Debian's package prometheus, on what the simulator exports and on the files for it. */
class PrometheusTest {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Path FOLDER = OperationFiles.FOLDER.resolve("prometheus");

    /** A range of Grafana's that Prometheus does not know. */
    private static final String RANGE = "$__rate_interval";

    @BeforeAll
    static void assumePrometheus() {
        assumeTrue(
                onPath("promtool").isPresent() && onPath("prometheus").isPresent(),
                "skipped: no promtool and prometheus (Debian: apt-get install prometheus)");
    }

    @Test
    void shouldHaveRulesAndConfigurationsThatPrometheusTakes(@TempDir Path folder) throws Exception {
        String rules = FOLDER.resolve("alerts.yml").toString();

        assertThat(promtool(folder, Optional.empty(), "check", "rules", rules))
                .contains("SUCCESS: %d rules found"
                        .formatted(OperationFiles.alerts().size()));
        for (String file : List.of("prometheus.yml", "prometheus-compose.yml")) {
            assertThat(promtool(
                            folder,
                            Optional.empty(),
                            "check",
                            "config",
                            FOLDER.resolve(file).toString()))
                    .contains("is valid prometheus config file syntax");
        }
    }

    @Test
    void shouldScrapeARunningSimulatorAndAnswerEveryPanelAndRule(@TempDir Path folder) throws Exception {
        int port = EmbeddedBroker.freePort();
        try (Simulator simulator = new Simulator(LearningLoopTest.settings(folder.resolve("state")))) {
            simulator.start();
            await().atMost(LONGEST).until(() -> simulator.activity().solved() > 20);
            Path exported = Files.writeString(folder.resolve("metrics"), get(simulator.pageAddress() + "/metrics"));

            String complaints = promtool(folder, Optional.of(exported), "check", "metrics");
            Process prometheus = start(folder, configuration(folder, simulator.pageAddress()), port);
            try {
                await().atMost(LONGEST)
                        .ignoreExceptions()
                        .until(() -> query(port, "up")
                                .at("/data/result/0/value/1")
                                .asText()
                                .equals("1"));

                assertThat(Files.size(exported)).isGreaterThan(10_000);
                assertThat(complaints).isEmpty();
                assertThat(json(get(url(port, "/api/v1/targets"))).findValuesAsText("lastError"))
                        .containsExactly("");
                assertThat(expressions())
                        .allSatisfy(expression -> assertThat(
                                        query(port, expression).get("status").asText())
                                .as(expression)
                                .isEqualTo("success"));
                assertThat(query(port, "ionic_stage_records_total").at("/data/result"))
                        .isNotEmpty();
            } finally {
                prometheus.destroy();
                prometheus.waitFor(10, TimeUnit.SECONDS);
            }
        }
    }

    /** As in the sources, but for the address of the simulator, and scraped more often. */
    private static Path configuration(Path folder, String simulator) throws IOException {
        String written = Files.readString(FOLDER.resolve("prometheus.yml"));
        URI address = URI.create(simulator);
        Files.copy(FOLDER.resolve("alerts.yml"), folder.resolve("alerts.yml"));
        return Files.writeString(
                folder.resolve("prometheus.yml"),
                written.replace("localhost:8080", address.getHost() + ":" + address.getPort())
                        .replace("scrape_interval: 5s", "scrape_interval: 1s"));
    }

    private static Process start(Path folder, Path configuration, int port) throws IOException {
        return new ProcessBuilder(
                        onPath("prometheus").orElseThrow().toString(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=localhost:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    private static List<String> expressions() {
        Stream<String> panels =
                OperationFiles.dashboards().stream().flatMap(dashboard -> dashboard.findValuesAsText("expr").stream());
        Stream<String> rules =
                OperationFiles.alerts().stream().map(alert -> alert.get("expr").toString());
        return Stream.concat(panels, rules)
                .map(expression -> expression.replace(RANGE, "1m"))
                .toList();
    }

    private static JsonNode query(int port, String expression) throws IOException, InterruptedException {
        return json(get(url(port, "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))));
    }

    private static String url(int port, String path) {
        return "http://localhost:" + port + path;
    }

    private static String get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    private static String promtool(Path folder, Optional<Path> input, String... words) throws Exception {
        Path output = Files.createTempFile(folder, "promtool", ".txt");
        List<String> command = Stream.concat(
                        Stream.of(onPath("promtool").orElseThrow().toString()), Stream.of(words))
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectInput(input.map(Path::toFile).orElse(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output);
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
