package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.broker.EmbeddedBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every service of the default profile as a process with the command line and the variables of docker-compose.yml. What a
 * container would give is replaced: broker's address, ports of the machine, folders that are volumes.
 */
class ComposeProcessesTest {
    private static final Duration LONGEST = Duration.ofSeconds(120);
    private static final String HOME = "/var/lib/ionstream";
    /** Of a process without a stage to close: it tells how many it published, and goes. */
    private static final int BY_SIGTERM = 143;

    private static final String READY = "/tmp/ready";

    @TempDir
    Path directory;

    private final Map<String, Process> running = new LinkedHashMap<>();
    private final ComposeFile compose = new ComposeFile();

    @AfterEach
    void killWhatIsLeft() {
        running.values().forEach(Process::destroyForcibly);
    }

    @Test
    void shouldAnswerTheProducersProtocolsAndStopOnSigterm() throws Exception {
        try (EmbeddedBroker broker = new EmbeddedBroker(directory.resolve("broker"), EmbeddedBroker.freePort())) {
            KafkaSettings kafka = KafkaSettings.at(broker.bootstrapServers());
            for (String once : List.of("topics", "keys")) {
                start(once, broker.bootstrapServers());
                assertThat(exitCode(once)).as(log(once)).isZero();
            }
            List<String> lasting = compose.ownServices().entrySet().stream()
                    .filter(service -> !service.getValue().containsKey("profiles"))
                    .map(Map.Entry::getKey)
                    .filter(name -> !running.containsKey(name))
                    .toList();
            for (String name : lasting) {
                start(name, broker.bootstrapServers());
            }

            try (var predictions =
                    new CommittedRecords(kafka, Topics.standard().predictions.name())) {
                assertThat(predictions.await(5, LONGEST)).hasSizeGreaterThanOrEqualTo(5);
            }
            lasting.forEach(this::awaitReady);
            for (String name : lasting) {
                running.get(name).destroy();
                assertThat(exitCode(name))
                        .as("%s: %s", name, log(name))
                        .isEqualTo(name.equals("producer") ? BY_SIGTERM : 0);
            }
            assertThat(log("producer")).contains("published ");

            assertThat(lasting).containsExactlyInAnyOrder("trainer", "surrogate", "dashboard", "reference", "producer");
        }
    }

    private void start(String name, String servers) throws IOException {
        Map<String, Object> service = compose.ownServices().get(name);
        for (String mount : ComposeFile.mounts(service)) {
            Files.createDirectories(Path.of(here(name, mount.split(":")[1])));
        }
        List<String> words = ComposeFile.command(service).stream()
                .map(word -> here(name, word))
                .toList();
        ProcessBuilder builder = OwnProcess.running(words, directory.resolve(name + ".txt"));
        builder.environment().keySet().removeIf(variable -> variable.startsWith("IONSTREAM_"));
        builder.environment().put("HOSTNAME", name);
        for (var variable : ComposeFile.environment(service).entrySet()) {
            builder.environment().put(variable.getKey(), value(name, variable, servers));
        }
        // The container has its ports to itself.
        builder.environment().put("IONSTREAM_PAGE_PORT", Integer.toString(EmbeddedBroker.freePort()));
        running.put(name, builder.start());
    }

    private String value(String name, Map.Entry<String, Object> variable, String servers) throws IOException {
        return switch (variable.getKey()) {
            case "IONSTREAM_BOOTSTRAP_SERVERS" -> servers;
            case "IONSTREAM_HTTP_PORT" -> Integer.toString(EmbeddedBroker.freePort());
            case "IONSTREAM_SCHEMA_REGISTRY_URL" -> "";
            default -> here(name, variable.getValue().toString());
        };
    }

    private String here(String name, String text) {
        return text.replace(HOME, directory.resolve("home").toString())
                .replace(READY, directory.resolve(name + ".ready").toString());
    }

    /** As the health check looks at it. */
    private void awaitReady(String name) {
        Map<String, Object> service = compose.ownServices().get(name);
        String check = ((Map<?, ?>) service.get("healthcheck")).toString();
        if (check.contains(READY)) {
            await(name).atMost(LONGEST).until(() -> Files.exists(directory.resolve(name + ".ready")));
        } else {
            assertThat(check).contains("disable=true");
        }
    }

    private int exitCode(String name) throws InterruptedException {
        Process process = running.get(name);
        assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String log(String name) throws IOException {
        return Files.readString(directory.resolve(name + ".txt"));
    }
}
