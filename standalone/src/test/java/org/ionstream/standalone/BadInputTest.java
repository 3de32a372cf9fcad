package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.reference.Reference;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.ProtocolLimits;
import org.ionstream.schemas.stream.DeadLetters;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.surrogate.Surrogate;
import org.ionstream.trainer.release.BundledChampions;
import org.junit.jupiter.api.Test;

class BadInputTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final KafkaSettings kafka = SharedBroker.kafka();
    private final Topics topics = SharedBroker.newTopics(2);
    private final StimulusProtocol good = PaperDistribution.of(CellModels.FITZHUGH_NAGUMO_1961)
            .training(1, 30)
            .get(10);

    @Test
    void shouldKeepWhatItCannotUnderstandOnceAndGoOn() {
        byte[] noise = "not avro at all".getBytes(StandardCharsets.UTF_8);
        byte[] truncated = truncated(topics.stimuli.wire().encode(good));
        byte[] negative = topics.stimuli
                .wire()
                .encode(StimulusProtocol.newBuilder(good)
                        .setId("negative")
                        .setPulses(List.of(new Pulse(0.0, -1.0, 1.0)))
                        .build());
        byte[] unknown = topics.stimuli
                .wire()
                .encode(StimulusProtocol.newBuilder(good)
                        .setId("unknown")
                        .setCellModel("nobody-1900")
                        .build());
        byte[] outside = topics.stimuli
                .wire()
                .encode(StimulusProtocol.newBuilder(good)
                        .setId("outside")
                        .setParameters(Map.of("e", -0.1))
                        .build());
        release();
        send(
                topics.stimuli.name(),
                noise,
                truncated,
                negative,
                unknown,
                outside,
                topics.stimuli.wire().encode(good));

        try (Surrogate surrogate = new Surrogate(SurrogateProcess.settings(kafka, topics));
                Reference reference = reference();
                var predictions = new CommittedRecords(kafka, topics.predictions.name());
                var letters = new CommittedRecords(kafka, topics.stimuli.deadLetters());
                var references = new CommittedRecords(kafka, topics.references.name())) {
            surrogate.start();
            reference.start();

            assertThat(predictions.awaitKeys(1, LONGEST)).containsExactly(good.getId());
            assertThat(references.awaitKeys(1, LONGEST)).containsExactly(good.getId());
            List<ConsumerRecord<byte[], byte[]>> kept = letters.await(5, LONGEST);
            assertThat(kept.stream().map(ConsumerRecord::value))
                    .containsExactlyInAnyOrder(noise, truncated, negative, unknown, outside);
            assertThat(kept.stream().map(letter -> header(letter, DeadLetters.REASON)))
                    .anyMatch(reason -> reason.contains("15 bytes are not a StimulusProtocol"))
                    .anyMatch(reason -> reason.contains("pulse 0 lasts -1.0 ms; it must last 0 to 10000"))
                    .anyMatch(reason -> reason.contains("parameter e is -0.1 1/ms; it must be in [0.0, 10.0]"))
                    .anyMatch(reason -> reason.contains("unknown cell model 'nobody-1900'; known are"));
            assertThat(kept.stream().map(letter -> header(letter, DeadLetters.ORIGIN)))
                    .allMatch(origin -> origin.startsWith(topics.stimuli.name() + "-"));
        }
    }

    @Test
    void shouldKeepTheChampionWhenAReleaseIsCorrupt() {
        ModelRelease champion = release();
        try (Surrogate surrogate = new Surrogate(SurrogateProcess.settings(kafka, topics));
                var letters = new CommittedRecords(kafka, topics.models.deadLetters());
                var predictions = new CommittedRecords(kafka, topics.predictions.name())) {
            surrogate.start();
            await().atMost(LONGEST).until(surrogate::isReady);
            byte[] wrongHash = topics.models
                    .wire()
                    .encode(ModelRelease.newBuilder(champion)
                            .setModelId("forged")
                            .setSha256("0".repeat(64))
                            .build());

            send(topics.models.name(), wrongHash);
            List<ConsumerRecord<byte[], byte[]>> kept = letters.await(1, LONGEST);
            send(topics.stimuli.name(), topics.stimuli.wire().encode(good));

            assertThat(kept).hasSize(1);
            assertThat(kept.get(0).value()).isEqualTo(wrongHash);
            assertThat(predictions.await(1, LONGEST)).hasSize(1);
            var prediction = topics.predictions
                    .wire()
                    .decode(predictions.await(1, LONGEST).get(0).value());
            assertThat(prediction.getModelId()).isEqualTo(champion.getModelId());
        }
    }

    private ModelRelease release() {
        return ReleasedChampion.release(
                kafka,
                topics,
                BundledChampions.of(CellModels.FITZHUGH_NAGUMO_1961).orElseThrow());
    }

    /** Audits everything. */
    private Reference reference() {
        return new Reference(
                new Reference.Settings(kafka, topics, "0", SolverSettings.AUDIT, 1, 16, 2, ProtocolLimits.DEFAULT));
    }

    private void send(String topic, byte[]... values) {
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.producer())) {
            for (byte[] value : values) {
                producer.send(new ProducerRecord<>(topic, good.getId().getBytes(StandardCharsets.UTF_8), value));
            }
        }
    }

    private static byte[] truncated(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
