package org.ionstream.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.ionstream.schemas.message.ArrayEncoding;
import org.ionstream.schemas.message.Outcome;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.StimulusProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReleasedSchemasTest {
    @ParameterizedTest
    @MethodSource("org.ionstream.schemas.wire.AvroWireTest#messages")
    <T extends SpecificRecord> void shouldReadEveryReleasedVersionOfEveryMessage(Class<T> messageClass)
            throws IOException {
        Schema current = SpecificData.get().getSchema(messageClass);
        List<Schema> released = ReleasedSchemas.of(messageClass.getSimpleName());

        assertThat(released).isNotEmpty().allSatisfy(old -> {
            assertThat(SchemaCompatibility.checkReaderWriterCompatibility(current, old)
                            .getType())
                    .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
            T message = new AvroWire<>(messageClass).decode(written(new Messages(9).record(old), old));
            assertThat(message).isNotNull();
        });
    }

    @Test
    void shouldFillInWhatAnOldPredictionDoesNotHave() throws IOException {
        Schema old = ReleasedSchemas.of("Prediction").get(0);
        GenericRecord trajectory = new GenericData.Record(
                old.getField("trajectory").schema().getTypes().get(1));
        trajectory.put("stepMs", 0.5);
        trajectory.put("samples", 1);
        trajectory.put("variables", List.of("V"));
        trajectory.put(
                "encoding",
                new GenericData.EnumSymbol(
                        trajectory.getSchema().getField("encoding").schema(), "F32_LE"));
        trajectory.put("values", ByteBuffer.wrap(new byte[4]));
        GenericRecord record = new Messages(10).record(old);
        record.put("id", "old");
        record.put("outcome", new GenericData.EnumSymbol(old.getField("outcome").schema(), "OK"));
        record.put("trajectory", trajectory);

        Prediction prediction = new AvroWire<>(Prediction.class).decode(written(record, old));

        assertThat(prediction.getId()).isEqualTo("old");
        assertThat(prediction.getOutcome()).isEqualTo(Outcome.OK);
        assertThat(prediction.getTrajectory().getEncoding()).isEqualTo(ArrayEncoding.F32_LE);
        assertThat(Traces.of(prediction.getTrajectory()).of("V")).containsExactly(0);
        assertThat(prediction.getBiomarkers()).isNull();
    }

    @Test
    void shouldReadAnOldProtocolAsOneThatWantsTheTrajectory() throws IOException {
        Schema old = ReleasedSchemas.of("StimulusProtocol").get(0);
        GenericRecord record = new Messages(11).record(old);
        record.put("tags", Map.of("by", "me"));

        StimulusProtocol protocol = new AvroWire<>(StimulusProtocol.class).decode(written(record, old));

        assertThat(protocol.getBiomarkersOnly()).isFalse();
        assertThat(protocol.getTags()).containsEntry("by", "me");
    }

    private static byte[] written(GenericRecord record, Schema schema) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), schema).encode(record, bytes);
        return bytes.toByteArray();
    }
}
