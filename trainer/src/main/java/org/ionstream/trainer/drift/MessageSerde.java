package org.ionstream.trainer.drift;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.ionstream.schemas.wire.AvroWire;

/** The wire format of a topic. */
record MessageSerde<T extends SpecificRecord>(AvroWire<T> wire) implements Serde<T> {
    /** For Kafka Streams' own topics and stores, which nobody else reads: no schema registry is asked about them. */
    static <T extends SpecificRecord> MessageSerde<T> stored(Class<T> messageClass) {
        return new MessageSerde<>(new AvroWire<>(messageClass));
    }

    @Override
    public Serializer<T> serializer() {
        return (topic, message) -> message == null ? null : wire.encode(message);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> bytes == null ? null : wire.decode(bytes);
    }
}
