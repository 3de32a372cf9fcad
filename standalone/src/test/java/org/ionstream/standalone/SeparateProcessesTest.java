package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

        Process early = start("early", "surrogate", servers, "--device=cpu");
        assertThat(exitCode(early)).isEqualTo(1);
        assertThat(log("early")).contains("ionstream surrogate: topics missing: [ionstream.stimuli.v1");

        assertThat(IonstreamMain.commandLine().execute("topics", "create", servers))
                .isZero();
        Process surrogate = start("surrogate", "surrogate", servers, "--device=cpu", "--instance=a");
        awaitReady("surrogate");

        surrogate.destroy();
        assertThat(exitCode(surrogate)).isZero();
        assertThat(directory.resolve("surrogate.ready")).doesNotExist();
        assertThat(log("surrogate")).contains("instance=a", "surrogate stopped after 0 champions");
        broker.destroy();
        assertThat(exitCode(broker)).isZero();
    }

    private Process start(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx512m",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                IonstreamMain.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".txt").toFile());
        builder.environment()
                .put("IONSTREAM_READY_FILE", directory.resolve(name + ".ready").toString());
        Process process = builder.start();
        started.add(process);
        return process;
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
