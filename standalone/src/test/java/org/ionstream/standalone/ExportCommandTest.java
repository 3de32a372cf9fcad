package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.DriftState;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.TopicFollower;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.stream.WatchedThread;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What users take off the topics: {@code export} and {@code drift}. */
class ExportCommandTest {
    private final KafkaSettings kafka = SharedBroker.kafka();
    private final Topics topics = SharedBroker.newTopics(2);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldWriteWhatTheTopicHolds(@TempDir Path folder) throws Exception {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(kafka.producer())) {
            for (String id : new String[] {"a", "b", "c"}) {
                producer.send(topics.predictions.message(id, prediction(id)).toRecord())
                        .get();
            }
        }
        Path file = folder.resolve("all.csv");

        assertThat(run("export", "--cell-model=fitzhugh-nagumo-1961", "--out=" + file))
                .as(err.toString())
                .isZero();
        assertThat(err.toString()).contains("3 trajectories -> ");
        assertThat(Files.readAllLines(file)).hasSize(1 + 3 * 2).contains("b,0.5,2.0");

        assertThat(run("export", "--count=2", "--variables=V", "--out=" + file)).isZero();
        assertThat(Files.readAllLines(file)).hasSize(1 + 2 * 2);

        assertThat(run("export", "--cell-model=ohara-rudy-2011", "--out=" + folder.resolve("none.npz")))
                .isEqualTo(1);
        assertThat(err.toString()).contains("holds no such trajectory");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void shouldPrintTheNewestWindowOfEachCellModel() throws Exception {
        assertThat(run("drift")).isEqualTo(1);
        assertThat(err.toString()).contains("no window of audits is closed yet");
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(kafka.producer())) {
            for (long window = 1; window <= 2; window++) {
                DriftReport report = report(window);
                producer.send(topics.drift
                                .message(report.getCellModel(), report)
                                .toRecord())
                        .get();
            }
        }

        assertThat(run("drift")).isZero();
        assertThat(out.toString())
                .containsPattern(
                        "fitzhugh-nagumo-1961 +fhn-7 +2 drifted +4\\.00 +1\\.00 +80\\.00 +0\\.70 +10\\.00 +median")
                .doesNotContainPattern("fhn-7 +1 drifted");
        assertThat(run("drift", "--format=jsonl")).isZero();
        assertThat(out.toString()).contains("\"window\": 2");
    }

    @Test
    void shouldGoOnWhereItHasReadToTheEnd() throws Exception {
        List<Long> windows = new CopyOnWriteArrayList<>();
        TopicFollower follower = new TopicFollower("test", kafka);
        follower.follow(topics.drift, (report, received) -> windows.add(report.getWindow()));
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(kafka.producer())) {
            send(producer, report(1));
            follower.readToEnd();
            assertThat(windows).containsExactly(1L);

            send(producer, report(2)); // between both: it is neither lost nor read twice
            WatchedThread going = new WatchedThread("follower", follower);
            going.start();
            send(producer, report(3));
            await().atMost(Duration.ofSeconds(30)).until(() -> windows.size() >= 3);
            follower.stop();
            going.join(Duration.ofSeconds(30));
        }

        assertThat(windows).containsExactly(1L, 2L, 3L);
    }

    private void send(Producer<byte[], byte[]> producer, DriftReport report) throws Exception {
        producer.send(topics.drift.message(report.getCellModel(), report).toRecord())
                .get();
    }

    private int run(String command, String... more) {
        CommandLine line = IonstreamMain.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] where = {command, "--bootstrap-servers=" + kafka.bootstrapServers(), "--prefix=" + topics.prefix()};
        return line.execute(Stream.of(where, more).flatMap(Stream::of).toArray(String[]::new));
    }

    private static DriftReport report(long window) {
        return DriftReport.newBuilder()
                .setCellModel("fitzhugh-nagumo-1961")
                .setModelId("fhn-7")
                .setWindow(window)
                .setAudits(50)
                .setMedianRelativeL2(0.04)
                .setP90RelativeL2(0.08)
                .setExpectedRelativeL2(0.01)
                .setEffectSize(4)
                .setState(DriftState.DRIFTED)
                .setCause("median 4.0 times that at release, limit 2.0")
                .setCoverage(0.8)
                .setRoutedShare(0.1)
                .setInputDrift(Map.of("CHARGE", 0.7, "ONSET", 0.1))
                .setLastAuditAtMs(1)
                .build();
    }

    private static Prediction prediction(String id) {
        Traces traces = new Traces(new TimeGrid(0.5, 2), List.of("V"), new float[][] {{1, 2}});
        return SomePrediction.of(id, traces);
    }
}
