package org.ionstream.producer;

import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Outgoing;

/** Sends through an idempotent Kafka producer. */
public final class KafkaSender implements Sender {
    private final KafkaProducer<byte[], byte[]> producer;

    public KafkaSender(KafkaSettings kafka) {
        producer = new KafkaProducer<>(kafka.producer());
    }

    @Override
    public void send(Outgoing message, Consumer<Exception> done) {
        producer.send(message.toRecord(), (metadata, failure) -> done.accept(failure));
    }

    @Override
    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
