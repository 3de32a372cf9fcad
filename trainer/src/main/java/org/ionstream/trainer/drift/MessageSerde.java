package org.ionstream.trainer.drift;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.ionstream.schemas.wire.AvroWire;

/** The wire format for Kafka Streams' own topics and stores. */
record MessageSerde<T extends SpecificRecord>(AvroWire<T> wire) implements Serde<T> {
    @Override
    public Serializer<T> serializer() {
        return (topic, message) -> message == null ? null : wire.encode(message);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> bytes == null ? null : wire.decode(bytes);
    }
}
