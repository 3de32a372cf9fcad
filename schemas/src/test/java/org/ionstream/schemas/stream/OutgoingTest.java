package org.ionstream.schemas.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.api.Assertions;
import org.ionstream.schemas.message.Command;
import org.ionstream.schemas.message.CommandKind;
import org.junit.jupiter.api.Test;

class OutgoingTest {
    private final Topics topics = Topics.standard();
    private final Outgoing message = topics.commands.message(
            "fitzhugh-nagumo-1961", new Command("c1", "fitzhugh-nagumo-1961", CommandKind.RETRAIN, "", "", 0L, ""));

    /** CloudEvents 1.0, Kafka protocol binding, section 3.2: attributes are headers with the prefix ce_. */
    @Test
    void shouldCarryTheAttributesOfACloudEvent() {
        ProducerRecord<byte[], byte[]> sent = message.toRecord();

        assertThat(header(sent, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(sent, "ce_type")).isEqualTo("org.ionstream.schemas.message.Command");
        assertThat(header(sent, "ce_source")).isEqualTo("/ionstream.commands.v1");
        assertThat(header(sent, "content-type")).isEqualTo("application/avro");
        assertThat(Instant.parse(header(sent, "ce_time")))
                .isCloseTo(Instant.now(), Assertions.within(Duration.ofMinutes(1)));
        assertThat(header(sent, "traceparent")).isEqualTo("00-" + header(sent, "ce_id") + "-01");
        assertThat(sent.headers().lastHeader("tracestate")).isNull();
        assertThat(sent.headers()).hasSize(7);
    }

    @Test
    void shouldGoOnWithTheTraceOfItsCause() {
        TraceContext cause = TraceContext.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "a=1")
                .orElseThrow();

        ProducerRecord<byte[], byte[]> first = message.causedBy(cause).toRecord();
        ProducerRecord<byte[], byte[]> second = message.causedBy(cause).toRecord();

        assertThat(header(first, "traceparent"))
                .startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-")
                .isNotEqualTo(cause.parent())
                .isNotEqualTo(header(second, "traceparent"));
        assertThat(header(first, "tracestate")).isEqualTo("a=1");
        assertThat(header(first, "ce_id")).isNotEqualTo(header(second, "ce_id"));
    }

    @Test
    void shouldPassOnBytesWithTheirOwnHeadersAlone() {
        ProducerRecord<byte[], byte[]> sent = new Outgoing("t", null, new byte[] {1}, Map.of("a", "b"))
                .causedBy(TraceContext.begun())
                .toRecord(3);

        assertThat(sent.partition()).isEqualTo(3);
        assertThat(List.of(sent.headers().toArray())).hasSize(1);
        assertThat(header(sent, "a")).isEqualTo("b");
    }

    private static String header(ProducerRecord<byte[], byte[]> sent, String name) {
        return new String(sent.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
