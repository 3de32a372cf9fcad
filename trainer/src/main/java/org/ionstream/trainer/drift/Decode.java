package org.ionstream.trainer.drift;

import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
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
            context.forward(received.withValue(new Decoded<>(topic.wire().decode(received.value()), null, false)));
        } catch (UnreadableMessageException e) {
            long bytes = (long) length(received.key()) + length(received.value());
            boolean tooLarge = DeadLetters.isTooLarge(bytes);
            String reason = tooLarge ? DeadLetters.tooLarge(bytes, e.getMessage()) : e.getMessage();
            Headers headers = new RecordHeaders();
            DeadLetters.headers(received.headers(), STAGE, origin(), reason)
                    .forEach((name, text) -> headers.add(name, text.getBytes(StandardCharsets.UTF_8)));
            context.forward(received.withValue(new Decoded<T>(null, received.value(), tooLarge))
                    .withHeaders(headers));
        }
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private String origin() {
        return context.recordMetadata()
                .map(at -> DeadLetters.origin(at.topic(), at.partition(), at.offset()))
                .orElse("");
    }
}
