package org.ionstream.trainer.drift;

import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.ionstream.schemas.stream.EventHeaders;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.TraceContext;

/** Gives a message on its way to a topic the headers of its own, in place of those of the record that it was made from. */
final class Announce<T extends SpecificRecord> implements FixedKeyProcessor<String, T, T> {
    private final Topic<T> topic;
    private final Predicate<T> isCaused;
    private FixedKeyProcessorContext<String, T> context;

    /** @param isCaused whether a message goes on with the trace of the record that it was made from, or begins one */
    Announce(Topic<T> topic, Predicate<T> isCaused) {
        this.topic = topic;
        this.isCaused = isCaused;
    }

    @Override
    public void init(FixedKeyProcessorContext<String, T> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(FixedKeyRecord<String, T> made) {
        TraceContext trace =
                isCaused.test(made.value()) ? TraceContext.of(made.headers()).child() : TraceContext.begun();
        Headers headers = new RecordHeaders();
        EventHeaders.add(headers, topic.name(), made.value(), trace);
        context.forward(made.withHeaders(headers));
    }
}
