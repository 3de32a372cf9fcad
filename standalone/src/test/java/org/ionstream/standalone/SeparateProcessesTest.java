package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.ionstream.producer.ProtocolPublisher;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.broker.EmbeddedBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages as real processes: readiness, one line on a failure, a clean end on SIGTERM. */
class SeparateProcessesTest {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void killWhatIsLeft() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void shouldStartBecomeReadyAndStopOnSigterm() throws Exception {
        int port = EmbeddedBroker.freePort();
        String servers = "--bootstrap-servers=localhost:" + port;
        Process broker = start("broker", "broker", "--state=" + directory.resolve("log"), "--port=" + port);
        awaitReady("broker");

        Path trusted = directory.resolve("release-trusted.pem");
        int made = IonstreamMain.commandLine()
                .execute(
                        "model",
                        "keys",
                        "--signing-key=" + directory.resolve("release-signing.pem"),
                        "--trusted-key=" + trusted);
        assertThat(made).isZero();
        Process keyless = start("keyless", "surrogate", servers, "--device=cpu");
        assertThat(exitCode(keyless)).isEqualTo(2);
        assertThat(log("keyless")).contains("give --trusted-keys=FILE");
        Process early = start("early", "surrogate", servers, "--device=cpu", "--trusted-keys=" + trusted);
        assertThat(exitCode(early)).isEqualTo(1);
        assertThat(log("early")).contains("ionstream surrogate: topics missing: [ionstream.stimuli.v1");

        assertThat(IonstreamMain.commandLine().execute("topics", "create", servers))
                .isZero();
        int httpPort = EmbeddedBroker.freePort();
        Process surrogate = start(
                "surrogate",
                "surrogate",
                servers,
                "--device=cpu",
                "--trusted-keys=" + trusted,
                "--instance=a",
                "--http-port=" + httpPort,
                "--log-format=json");
        awaitReady("surrogate");
        assertThat(get(httpPort, "/health/ready")).contains("\"ready\"");
        assertThat(get(httpPort, "/metrics"))
                .contains("ionic_stage_records", "kafka_consumer_fetch_manager", "process_resident_memory_bytes");

        KafkaSettings kafka = KafkaSettings.at("localhost:" + port);
        publish(kafka, 300);
        await().atMost(LONGEST).until(() -> committed(kafka) > 0);
        surrogate.destroy();
        assertThat(exitCode(surrogate)).isZero();
        int consumed = committed(kafka);
        try (var passedOn = new CommittedRecords(kafka, Topics.standard().audits.name())) {
            assertThat(passedOn.awaitKeys(consumed, LONGEST))
                    .as("what was taken in is answered, once, as there is no model: by the reference")
                    .hasSize(consumed)
                    .doesNotHaveDuplicates();
        }
        assertThat(directory.resolve("surrogate.ready")).doesNotExist();
        assertThat(log("surrogate").lines())
                .allSatisfy(line -> assertThat(new ObjectMapper().readTree(line).get("level"))
                        .isNotNull())
                .anyMatch(line -> line.contains("instance=a"))
                .anyMatch(line -> line.contains("surrogate stopped after 0 champions"));
        broker.destroy();
        assertThat(exitCode(broker)).isZero();
    }

    private Process start(String name, String... arguments) throws IOException {
        ProcessBuilder builder = OwnProcess.running(List.of(arguments), directory.resolve(name + ".txt"));
        builder.environment()
                .put("IONSTREAM_READY_FILE", directory.resolve(name + ".ready").toString());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static void publish(KafkaSettings kafka, int protocols) {
        try (var publisher = new ProtocolPublisher(
                kafka, Topics.standard(), new ProtocolPublisher.Settings(0, 0, protocols, true))) {
            publisher.publish(ProtocolSource.of(
                    PaperDistribution.of(CellModels.FITZHUGH_NAGUMO_1961).training(5, protocols)));
        }
    }

    /** Records that the surrogates say they have done with. */
    private static int committed(KafkaSettings kafka) throws Exception {
        try (Admin admin = Admin.create(kafka.common())) {
            return admin
                    .listConsumerGroupOffsets("ionstream.surrogate")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToInt(offset -> (int) offset.offset())
                    .sum();
        }
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private void awaitReady(String name) {
        await().atMost(LONGEST).until(() -> Files.exists(directory.resolve(name + ".ready")));
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String log(String name) throws IOException {
        return Files.readString(directory.resolve(name + ".txt"));
    }
}
