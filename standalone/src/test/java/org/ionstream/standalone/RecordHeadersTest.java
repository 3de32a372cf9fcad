package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.reference.Reference;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.ProtocolLimits;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.surrogate.Surrogate;
import org.ionstream.trainer.release.BundledChampions;
import org.junit.jupiter.api.Test;

/** What the records of a running installation say of themselves, as another consumer sees them. */
class RecordHeadersTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final String WELL_FORMED = "00-[0-9a-f]{32}-[0-9a-f]{16}-01";

    private final KafkaSettings kafka = SharedBroker.kafka();
    private final Topics topics = SharedBroker.newTopics(2);
    private final StimulusProtocol protocol = PaperDistribution.of(CellModels.FITZHUGH_NAGUMO_1961)
            .training(1, 30)
            .get(10);

    @Test
    void shouldCarryTheTraceFromTheStimulusToItsAnswersAndBeCloudEvents() {
        ReleasedChampion.release(
                kafka,
                topics,
                BundledChampions.of(CellModels.FITZHUGH_NAGUMO_1961).orElseThrow());
        try (Surrogate surrogate = new Surrogate(SurrogateProcess.settings(kafka, topics));
                Reference reference = reference();
                var predictions = new CommittedRecords(kafka, topics.predictions.name());
                var references = new CommittedRecords(kafka, topics.references.name());
                var letters = new CommittedRecords(kafka, topics.stimuli.deadLetters())) {
            surrogate.start();
            reference.start();

            send(stimulus("traced", Map.of("traceparent", PARENT, "tracestate", "lab=7")));
            send(stimulus("malformed", Map.of("traceparent", "00-" + TRACE + "-0-01")));
            send(stimulus("bare", Map.of()));
            send(new Outgoing(
                    topics.stimuli.name(),
                    "poison".getBytes(StandardCharsets.UTF_8),
                    new byte[] {1, 2},
                    Map.of("traceparent", PARENT)));

            Map<String, ConsumerRecord<byte[], byte[]>> predicted = byKey(predictions.await(3, LONGEST));
            Map<String, ConsumerRecord<byte[], byte[]>> solved = byKey(references.await(3, LONGEST));
            ConsumerRecord<byte[], byte[]> letter = letters.await(1, LONGEST).get(0);
            assertThat(predicted).containsOnlyKeys("traced", "malformed", "bare");
            assertThat(solved).containsOnlyKeys("traced", "malformed", "bare");
            for (var answer : List.of(predicted.get("traced"), solved.get("traced"))) {
                assertThat(header(answer, "traceparent"))
                        .matches("00-" + TRACE + "-[0-9a-f]{16}-01")
                        .isNotEqualTo(PARENT);
                assertThat(header(answer, "tracestate")).isEqualTo("lab=7");
            }
            for (var answer : List.of(predicted.get("malformed"), predicted.get("bare"), solved.get("bare"))) {
                assertThat(header(answer, "traceparent")).matches(WELL_FORMED).doesNotContain(TRACE);
            }
            assertThat(header(letter, "traceparent")).isEqualTo(PARENT);
            assertIsEvent(predicted.get("bare"), "Prediction", topics.predictions.name());
            assertIsEvent(solved.get("bare"), "ReferenceSolution", topics.references.name());
        }
    }

    private static void assertIsEvent(ConsumerRecord<byte[], byte[]> record, String message, String topic) {
        assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(record, "ce_type")).isEqualTo("org.ionstream.schemas.message." + message);
        assertThat(header(record, "ce_source")).isEqualTo("/" + topic);
        assertThat(header(record, "ce_id")).isNotEmpty();
        assertThat(header(record, "ce_time")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
        assertThat(header(record, "content-type")).isEqualTo("application/avro");
    }

    /** As another program would send it. */
    private Outgoing stimulus(String id, Map<String, String> headers) {
        byte[] value = topics.stimuli
                .wire()
                .encode(StimulusProtocol.newBuilder(protocol).setId(id).build());
        return new Outgoing(topics.stimuli.name(), id.getBytes(StandardCharsets.UTF_8), value, headers);
    }

    private void send(Outgoing record) {
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.producer())) {
            producer.send(record.toRecord());
        }
    }

    /** Audits everything. */
    private Reference reference() {
        return new Reference(
                new Reference.Settings(kafka, topics, "0", SolverSettings.AUDIT, 1, 16, 2, ProtocolLimits.DEFAULT));
    }

    private static Map<String, ConsumerRecord<byte[], byte[]>> byKey(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .collect(
                        Collectors.toMap(record -> new String(record.key(), StandardCharsets.UTF_8), record -> record));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
