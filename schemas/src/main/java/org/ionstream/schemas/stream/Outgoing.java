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
 * @param headers beside those of an event, which a message has
 * @param event what the value says, and where it stands in a trace; empty: bytes passed on as they are
 */
public record Outgoing(String topic, byte[] key, byte[] value, Map<String, String> headers, Optional<Event> event) {
    /** @param trace whose span is this record */
    public record Event(SpecificRecord message, TraceContext trace) {}

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

    /** For those who count; empty: bytes passed on as they are. */
    public Optional<SpecificRecord> message() {
        return event.map(Event::message);
    }

    /** The same, caused by a record of this trace. */
    public Outgoing causedBy(TraceContext cause) {
        return new Outgoing(topic, key, value, headers, event.map(said -> new Event(said.message(), cause.child())));
    }

    public ProducerRecord<byte[], byte[]> toRecord() {
        return toRecord(null);
    }

    /** @param partition null: by the key */
    public ProducerRecord<byte[], byte[]> toRecord(Integer partition) {
        ProducerRecord<byte[], byte[]> producerRecord = new ProducerRecord<>(topic, partition, key, value);
        headers.forEach((name, text) -> producerRecord.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        event.ifPresent(said -> EventHeaders.add(producerRecord.headers(), topic, said.message(), said.trace()));
        return producerRecord;
    }
}
