package org.ionstream.schemas.stream;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A record on its way out, not yet sent: the result of a stage is a list of these.
 *
 * @param message what the value says, for those who count; empty: bytes passed on as they are
 */
public record Outgoing(
        String topic, byte[] key, byte[] value, Map<String, String> headers, Optional<SpecificRecord> message) {

    /** Of bytes passed on as they are. */
    public Outgoing(String topic, byte[] key, byte[] value, Map<String, String> headers) {
        this(topic, key, value, headers, Optional.empty());
    }

    public ProducerRecord<byte[], byte[]> toRecord() {
        ProducerRecord<byte[], byte[]> producerRecord = new ProducerRecord<>(topic, key, value);
        headers.forEach((name, text) -> producerRecord.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return producerRecord;
    }
}
