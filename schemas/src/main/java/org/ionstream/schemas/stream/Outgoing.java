package org.ionstream.schemas.stream;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

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

    /**
     * Sends, and waits until the brokers have it.
     *
     * @throws KafkaException if they do not take it
     */
    public void deliver(Producer<byte[], byte[]> producer) {
        Future<RecordMetadata> sent = producer.send(toRecord());
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw new KafkaException("the broker did not take a record of %s".formatted(topic), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    public ProducerRecord<byte[], byte[]> toRecord() {
        ProducerRecord<byte[], byte[]> producerRecord = new ProducerRecord<>(topic, key, value);
        headers.forEach((name, text) -> producerRecord.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return producerRecord;
    }
}
