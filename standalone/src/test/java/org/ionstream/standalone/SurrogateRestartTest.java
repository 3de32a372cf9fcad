package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ionstream.producer.ProtocolPublisher;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.surrogate.Surrogate;
import org.ionstream.trainer.release.BundledChampions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SurrogateRestartTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int PROTOCOLS = 1_500;

    private final KafkaSettings kafka = SharedBroker.kafka();
    private final Topics topics = SharedBroker.newTopics(3);
    private final List<StimulusProtocol> protocols =
            PaperDistribution.of(CellModels.FITZHUGH_NAGUMO_1961).training(5, PROTOCOLS);

    @BeforeEach
    void releaseAndPublish() {
        ReleasedChampion.release(
                kafka,
                topics,
                BundledChampions.of(CellModels.FITZHUGH_NAGUMO_1961).orElseThrow());
        var settings = new ProtocolPublisher.Settings(0, 0, 500, true);
        try (var publisher = new ProtocolPublisher(kafka, topics, settings)) {
            publisher.publish(ProtocolSource.of(protocols));
        }
    }

    @Test
    void shouldAnswerEveryProtocolOnceAcrossARestart() {
        try (var predictions = new CommittedRecords(kafka, topics.predictions.name())) {
            try (Surrogate first = new Surrogate(SurrogateProcess.settings(kafka, topics))) {
                first.start();
                assertThat(predictions.await(200, LONGEST)).hasSizeGreaterThanOrEqualTo(200);
            }
            assertThat(predictions.await(0, LONGEST)).hasSizeLessThan(PROTOCOLS);

            try (Surrogate second = new Surrogate(SurrogateProcess.settings(kafka, topics))) {
                second.start();
                assertEachAnsweredOnce(predictions);
            }
        }
    }

    @Test
    void shouldAnswerEveryProtocolOnceWhenKilledInMidStream() throws IOException, InterruptedException {
        try (var predictions = new CommittedRecords(kafka, topics.predictions.name())) {
            Process killed = process();
            try {
                assertThat(predictions.await(200, LONGEST)).hasSizeGreaterThanOrEqualTo(200);
            } finally {
                killed.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }

            try (Surrogate second = new Surrogate(SurrogateProcess.settings(kafka, topics))) {
                second.start();
                assertEachAnsweredOnce(predictions);
            }
        }
    }

    private void assertEachAnsweredOnce(CommittedRecords predictions) {
        await().atMost(LONGEST)
                .untilAsserted(() -> assertThat(predictions.await(PROTOCOLS, Duration.ofSeconds(1)))
                        .hasSizeGreaterThanOrEqualTo(PROTOCOLS));
        assertThat(predictions.awaitKeys(PROTOCOLS + 1, Duration.ofSeconds(1)))
                .containsExactlyInAnyOrderElementsOf(
                        protocols.stream().map(StimulusProtocol::getId).toList());
    }

    private Process process() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java, "-Xmx512m", SurrogateProcess.class.getName(), kafka.bootstrapServers(), topics.prefix());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.redirectErrorStream(true)
                .redirectOutput(new File("target/surrogate-process.log"))
                .start();
    }
}
