package org.ionstream.trainer.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.stream.DeadLetters;
import org.ionstream.schemas.stream.TraceContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftHeadersTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final TraceContext CAUSE =
            TraceContext.parse("00-" + TRACE + "-00f067aa0ba902b7-01", "").orElseThrow();

    private DriftDriver drift;

    @BeforeEach
    void start(@TempDir Path stateDirectory) {
        drift = new DriftDriver(1, stateDirectory);
    }

    @AfterEach
    void stop() {
        drift.close();
    }

    @Test
    void shouldGoOnWithTheTraceOfTheProtocolInAnEventOfItsOwn() {
        drift.send(drift.topics.predictions, "p1", AuditMessages.prediction("p1", "m1", 0.2), CAUSE);
        drift.send(drift.topics.references, "p1", AuditMessages.reference("p1", AuditReason.UNIFORM), CAUSE);

        TestRecord<byte[], byte[]> discrepancy =
                drift.output(drift.topics.discrepancies.name()).get(0);

        assertThat(header(discrepancy, "traceparent"))
                .startsWith("00-" + TRACE + "-")
                .isNotEqualTo(CAUSE.parent());
        assertThat(header(discrepancy, "ce_type")).isEqualTo("org.ionstream.schemas.message.Discrepancy");
        assertThat(header(discrepancy, "ce_source")).isEqualTo("/" + drift.topics.discrepancies.name());
        assertThat(discrepancy.headers().toArray())
                .extracting(Header::key)
                .as("none of the record that it was made from")
                .doesNotHaveDuplicates()
                .hasSize(7);
    }

    /** The alarm is noticed at a record of another protocol, whose trace it must not have. */
    @Test
    void shouldBeginATraceForAMissingHalf() {
        drift.send(drift.topics.predictions, "p1", AuditMessages.prediction("p1", "m1", 0));
        drift.later(Duration.ofHours(1));
        drift.send(drift.topics.predictions, "p2", AuditMessages.prediction("p2", "m1", 0), CAUSE);
        drift.pass(Duration.ofSeconds(2));

        List<TestRecord<byte[], byte[]>> alarms = drift.output(drift.topics.discrepancies.name()).stream()
                .filter(sent -> new String(sent.key(), StandardCharsets.UTF_8).equals("p1"))
                .toList();

        assertThat(alarms).hasSize(1);
        assertThat(header(alarms.get(0), "traceparent")).hasSize(55).doesNotContain(TRACE);
    }

    @Test
    void shouldBeginATraceForAReportOfManyAudits() {
        drift.window("w", "m1", 0.1);

        List<TestRecord<byte[], byte[]>> reports = drift.output(drift.topics.drift.name());

        assertThat(reports).isNotEmpty();
        assertThat(header(reports.get(0), "ce_type")).isEqualTo("org.ionstream.schemas.message.DriftReport");
        assertThat(reports.get(0).headers().toArray()).hasSize(7);
    }

    @Test
    void shouldKeepTheTraceOfADeadLetter() {
        drift.send(drift.topics.references, "p1", AuditMessages.reference("p1", AuditReason.UNIFORM), CAUSE);
        drift.sendBytes(drift.topics.references, "p2", new byte[] {1, 2}, CAUSE);

        TestRecord<byte[], byte[]> letter =
                drift.output(drift.topics.references.deadLetters()).get(0);

        assertThat(header(letter, "traceparent")).isEqualTo(CAUSE.parent());
        assertThat(header(letter, DeadLetters.REASON)).contains("2 bytes are not a ReferenceSolution");
    }

    private static String header(TestRecord<byte[], byte[]> sent, String name) {
        return new String(sent.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
