package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ionstream.standalone.broker.EmbeddedBroker;

/** Apicurio's registry, a server that has Confluent's REST interface, in a process of its own and in memory. */
final class RegistryProcess implements AutoCloseable {
    private static final Path UNPACKED = Path.of("target", "schema-registry");
    private static final Duration LONGEST_START = Duration.ofSeconds(120);

    private final Process process;
    private final String url;

    RegistryProcess() throws IOException {
        int port = EmbeddedBroker.freePort();
        url = "http://localhost:%d/apis/ccompat/v7".formatted(port);
        process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-Dquarkus.http.host=localhost",
                        "-Dquarkus.http.port=" + port,
                        "-jar",
                        jar().toString())
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "schema-registry.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        await().atMost(LONGEST_START).until(this::answers);
    }

    /** Of its Confluent interface. */
    String url() {
        return url;
    }

    /** What it answers to a GET. */
    String get(String path) throws IOException, InterruptedException {
        var answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answers() throws InterruptedException {
        assertThat(process.isAlive())
                .as("the registry runs; see target/schema-registry.log")
                .isTrue();
        try {
            return get("/subjects").startsWith("[");
        } catch (IOException e) {
            return false;
        }
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(UNPACKED)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
