package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.ionstream.producer.ProtocolPublisher;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.broker.EmbeddedBroker;
import org.ionstream.surrogate.Surrogate;
import org.ionstream.trainer.release.BundledChampions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerRestartTest {
    private static final Duration LONGEST = Duration.ofSeconds(90);

    @Test
    void shouldGoOnWhereItWasWhenTheBrokerComesBack(@TempDir Path directory) {
        int port = EmbeddedBroker.freePort();
        Topics topics = new Topics("restart.");
        List<StimulusProtocol> protocols =
                PaperDistribution.of(CellModels.FITZHUGH_NAGUMO_1961).training(9, 800);
        KafkaSettings kafka = KafkaSettings.at("localhost:" + port);

        EmbeddedBroker broker = new EmbeddedBroker(directory, port);
        Surrogate surrogate = null;
        try {
            try (Admin admin = Admin.create(kafka.common())) {
                topics.create(admin, 2, (short) 1);
            }
            ReleasedChampion.release(
                    kafka,
                    topics,
                    BundledChampions.of(CellModels.FITZHUGH_NAGUMO_1961).orElseThrow());
            surrogate = new Surrogate(SurrogateProcess.settings(kafka, topics));
            surrogate.start();
            BooleanSupplier ready = surrogate::isReady;
            await().atMost(LONGEST).until(ready::getAsBoolean);
            publish(kafka, topics, protocols.subList(0, 400));

            broker.close();
            await("not ready without a broker").atMost(LONGEST).until(() -> !ready.getAsBoolean());
            broker = new EmbeddedBroker(directory, port);
            await("ready again").atMost(LONGEST).until(ready::getAsBoolean);
            publish(kafka, topics, protocols.subList(400, 800));

            List<String> expected = new ArrayList<>(
                    protocols.stream().map(StimulusProtocol::getId).toList());
            try (var predictions = new CommittedRecords(kafka, topics.predictions.name())) {
                assertThat(predictions.awaitKeys(800, LONGEST)).containsExactlyInAnyOrderElementsOf(expected);
            }
            assertThat(surrogate.failure()).isEmpty();
        } finally {
            if (surrogate != null) {
                surrogate.close();
            }
            broker.close();
        }
    }

    private static void publish(KafkaSettings kafka, Topics topics, List<StimulusProtocol> protocols) {
        try (var publisher = new ProtocolPublisher(kafka, topics, new ProtocolPublisher.Settings(0, 0, 500, true))) {
            publisher.publish(ProtocolSource.of(protocols));
        }
    }
}
