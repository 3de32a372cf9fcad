package org.ionstream.trainer.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.stream.TraceContext;

/** The topology on a test driver, with windows of two audits; stream time goes on by a millisecond with each record. */
final class DriftDriver implements AutoCloseable {
    final Topics topics = Topics.standard();
    private final TopologyTestDriver driver;
    private Instant now = Instant.EPOCH;

    DriftDriver(double auditShare, Path stateDirectory) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "drift-test-" + auditShare);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        DriftSettings settings = Limits.of(auditShare, 2, 2);
        driver = new TopologyTestDriver(new DriftTopology(topics, settings).build(), properties, now);
    }

    @Override
    public void close() {
        driver.close();
    }

    /** Both halves; the mean relative L2 is half of the error of V. */
    void audit(String id, String modelId, double errorOfV) {
        send(topics.predictions, id, AuditMessages.prediction(id, modelId, errorOfV));
        send(topics.references, id, AuditMessages.reference(id, AuditReason.UNIFORM));
    }

    /** As many audits as fill a window. */
    void window(String prefix, String modelId, double errorOfV) {
        audit(prefix + 0, modelId, errorOfV);
        audit(prefix + 1, modelId, errorOfV);
    }

    /** Stream time goes on with the records of another model, which the tests leave out. */
    void pass(Duration time) {
        driver.advanceWallClockTime(time);
        now = now.plus(time);
        audit("later", "m9", 0);
        driver.advanceWallClockTime(Duration.ofSeconds(2));
        audit("later still", "m9", 0);
    }

    <T extends SpecificRecord> void send(Topic<T> topic, String key, T message) {
        send(topic, key, message, TraceContext.begun());
    }

    /** Within a trace. */
    <T extends SpecificRecord> void send(Topic<T> topic, String key, T message, TraceContext cause) {
        Outgoing sent = topic.message(key, message).causedBy(cause);
        input(topic)
                .pipeInput(new TestRecord<>(
                        sent.key(), sent.value(), sent.toRecord().headers(), now));
        now = now.plusMillis(1);
    }

    /** Whatever the bytes are; the key may be null. */
    void sendBytes(Topic<?> topic, String key, byte[] value) {
        input(topic).pipeInput(key == null ? null : key.getBytes(StandardCharsets.UTF_8), value, now);
    }

    /** The same, with a traceparent. */
    void sendBytes(Topic<?> topic, String key, byte[] value, TraceContext trace) {
        Outgoing sent = new Outgoing(
                topic.name(), key.getBytes(StandardCharsets.UTF_8), value, Map.of(TraceContext.PARENT, trace.parent()));
        input(topic)
                .pipeInput(new TestRecord<>(
                        sent.key(), sent.value(), sent.toRecord().headers(), now));
    }

    void later(Duration time) {
        now = now.plus(time);
    }

    private TestInputTopic<byte[], byte[]> input(Topic<?> topic) {
        return driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    List<TestRecord<byte[], byte[]>> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    List<Discrepancy> discrepancies() {
        return output(topics.discrepancies.name()).stream()
                .map(sent -> topics.discrepancies.wire().decode(sent.value()))
                .filter(discrepancy -> !discrepancy.getModelId().equals("m9"))
                .toList();
    }

    Discrepancy onlyDiscrepancy() {
        List<Discrepancy> all = discrepancies();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    List<DriftReport> reports() {
        return output(topics.drift.name()).stream()
                .map(sent -> topics.drift.wire().decode(sent.value()))
                .filter(report -> !report.getModelId().equals("m9"))
                .toList();
    }
}
