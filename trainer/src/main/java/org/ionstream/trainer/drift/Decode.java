package org.ionstream.trainer.drift;

import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.ionstream.schemas.stream.DeadLetters;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.wire.UnreadableMessageException;

/** Bytes to message; for what cannot be understood, the bytes with the dead letter's headers. */
final class Decode<T extends SpecificRecord> implements FixedKeyProcessor<byte[], byte[], Decoded<T>> {
    private static final String STAGE = "trainer-drift";

    private final Topic<T> topic;
    private FixedKeyProcessorContext<byte[], Decoded<T>> context;

    Decode(Topic<T> topic) {
        this.topic = topic;
    }

    @Override
    public void init(FixedKeyProcessorContext<byte[], Decoded<T>> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(FixedKeyRecord<byte[], byte[]> received) {
        try {
            if (received.key() == null) {
                throw new UnreadableMessageException("no key; the protocol id was expected");
            }
            context.forward(received.withValue(new Decoded<>(topic.wire().decode(received.value()), null)));
        } catch (UnreadableMessageException e) {
            Headers headers = received.headers();
            DeadLetters.headers(STAGE, origin(), e.getMessage())
                    .forEach((name, text) -> headers.add(name, text.getBytes(StandardCharsets.UTF_8)));
            boolean tooLarge = received.value() != null && DeadLetters.isTooLarge(received.value().length);
            context.forward(received.withValue(new Decoded<>(null, tooLarge ? null : received.value())));
        }
    }

    private String origin() {
        return context.recordMetadata()
                .map(at -> DeadLetters.origin(at.topic(), at.partition(), at.offset()))
                .orElse("");
    }
}
