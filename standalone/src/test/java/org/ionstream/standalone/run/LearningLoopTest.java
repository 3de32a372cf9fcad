package org.ionstream.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.standalone.IonstreamMain;
import org.ionstream.standalone.SmallTrainer;
import org.ionstream.standalone.broker.EmbeddedBroker;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job in small: from published protocols over drift to a promoted model, and on after a restart. */
class LearningLoopTest {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    /** So short a training leaves errors that nobody should be served. */
    private static final double ANY_ERROR = 1e6;

    @Test
    void shouldLearnWhatItHadNeverSeenAndGoOnAfterARestart(@TempDir Path state)
            throws InterruptedException, IOException {
        SimulatorSettings settings = settings(state);
        ModelRelease promoted;

        try (Simulator simulator = new Simulator(settings)) {
            simulator.start();
            await().atMost(LONGEST)
                    .until(() -> simulator.activity().champion().isPresent()
                            && simulator.activity().events().stream()
                                    .anyMatch(event -> event.text().startsWith("DRIFTED")));
            await().atMost(LONGEST).until(() -> simulator.activity().solved() > 20);
            ModelRelease bundled = simulator.activity().champion().orElseThrow();
            await().atMost(LONGEST)
                    .until(() -> !simulator.activity().champion().orElseThrow().equals(bundled));
            promoted = simulator.activity().champion().orElseThrow();
            long predicted = simulator.activity().predicted();
            await().atMost(LONGEST).until(() -> simulator.activity().predicted() > predicted + 20);

            assertThat(promoted.getProvenance().getParentModelId()).isEqualTo(bundled.getModelId());
            assertThat(promoted.getScores()).hasSize(2);
            assertThat(simulator.activity().unmatched()).isZero();
            assertThat(simulator.activity().deadLetters()).isZero();
            assertThat(page(simulator, "/status.json")).contains(promoted.getModelId());
            assertThat(page(simulator, "/")).contains("Ionstream");
            assertThat(page(simulator, "/health/ready")).contains("\"ready\"");
            assertThat(page(simulator, "/metrics")
                            .lines()
                            .map(line -> line.replaceAll("[{ ].*", ""))
                            .collect(Collectors.toSet()))
                    .as("what dashboards and alerts ask for")
                    .containsAll(OperationFiles.metricNames());
        }

        try (Simulator simulator = new Simulator(settings)) {
            simulator.start();
            await().atMost(LONGEST).until(() -> simulator.activity().predicted() > 50);

            assertThat(simulator.activity().champion()).contains(promoted);
            assertThat(simulator.activity().events())
                    .anyMatch(event -> event.text().startsWith("pulse trains and S1-S2"));

            String before = promoted.getReplacedModelId();
            assertThat(ordered(settings, "model", "rollback")).contains(before + " serves instead of");
            await().atMost(LONGEST)
                    .until(() -> simulator
                            .activity()
                            .champion()
                            .orElseThrow()
                            .getModelId()
                            .equals(before));
            assertThat(ordered(settings, "model", "promote", "--model-id=" + promoted.getModelId()))
                    .contains(promoted.getModelId() + " serves instead of " + before);
            assertThat(ordered(settings, "status")).contains("champion " + promoted.getModelId());
            assertThat(ordered(settings, "model", "list"))
                    .containsPattern("serving +" + promoted.getModelId())
                    .contains(before);
        }
    }

    private static String ordered(SimulatorSettings settings, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.add("--bootstrap-servers=localhost:" + settings.brokerPort());
        arguments.add("--cell-model=fitzhugh-nagumo-1961");
        StringWriter out = new StringWriter();
        int exitCode =
                IonstreamMain.commandLine().setOut(new PrintWriter(out)).execute(arguments.toArray(String[]::new));
        assertThat(exitCode).as(out.toString()).isZero();
        return out.toString();
    }

    static SimulatorSettings settings(Path state) {
        return new SimulatorSettings(
                state,
                CellModels.FITZHUGH_NAGUMO_1961,
                EmbeddedBroker.freePort(),
                0,
                60,
                150,
                1,
                new FnoPredictor.Settings(ComputeDevice.CPU, 1, 16),
                ANY_ERROR,
                SmallTrainer.DRIFT,
                SmallTrainer.RETRAINING,
                Optional.empty());
    }

    private static String page(Simulator simulator, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.pageAddress() + path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
