package org.ionstream.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Command;
import org.ionstream.schemas.message.CommandKind;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.SampledCurrent;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.AvroWire;

/**
 * Records for the topic of protocols that no honest sender writes, drawn from a seed, which repeats a failure. Not by jqwik:
 * 1.9.3 runs here, but 1.10 calls itself probably the last release below Java 21, and what it has beyond this class, shrinking,
 * does little for flipped bits.
 */
final class HostileProtocols {
    /** C3 01 and the schema's fingerprint. */
    private static final int HEADER_BYTES = 10;

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\0",
            "%s%n%d",
            "\uD800",
            "../../etc/passwd",
            "null",
            "<script>",
            "${jndi:ldap://x}",
            "x".repeat(129),
            "\uD83E\uDEC0".repeat(64),
            "\u202E".repeat(300));

    private final AvroWire<StimulusProtocol> wire = Topics.standard().stimuli.wire();
    private final SplittableRandom random;
    private final Mutation mutation;
    private final List<StimulusProtocol> honest;

    /**
     * @param refused true: there is no reading of it that may be answered; false: chance may have made a good one
     * @param value null: none
     */
    record Hostile(String kind, byte[] value, boolean refused) {}

    HostileProtocols(long seed) {
        random = new SplittableRandom(seed);
        mutation = new Mutation(random);
        honest = new ArrayList<>(
                PaperDistribution.of(CellModels.FITZHUGH_NAGUMO_1961).training(seed, 30));
        Collections.shuffle(honest, new Random(seed));
    }

    /** FitzHugh-Nagumo, of the paper's distribution, with a new id. */
    StimulusProtocol honest(String id) {
        return StimulusProtocol.newBuilder(honest.get(random.nextInt(honest.size())))
                .setId(id)
                .build();
    }

    /** Of every kind in turn; none is larger than a few kilobytes. */
    Hostile next(int turn) {
        return switch (turn % 10) {
            case 0 -> noise();
            case 1 -> noiseUnderAnHonestHeader();
            case 2 -> truncated();
            case 3 -> flipped();
            case 4 -> flipped();
            case 5 -> number("not finite", Mutation.NOT_FINITE, true);
            case 6 -> number("extreme", Mutation.EXTREME, false);
            case 7 -> text();
            case 8 -> anotherMessage();
            default -> random.nextBoolean() ? unknownSchema() : new Hostile("no value", null, true);
        };
    }

    /** At the limit of what one record may hold, and far beyond; megabytes that lz4 makes small. */
    List<Hostile> large() {
        return List.of(
                new Hostile("a million pulses", wire.encode(edited(Collections.nCopies(1_000_000, pulse(1)))), true),
                new Hostile("a million and one pulses", manyPulses(1_000_001), true),
                new Hostile("a million samples", sampled(1_000_000), true),
                new Hostile("a million variables", variables(1_000_000), true),
                new Hostile("a hundred thousand tags", tags(100_000), true),
                new Hostile("a million letters", wire.encode(with("id", "x".repeat(1_000_000))), true),
                new Hostile("three million noughts", new byte[3_000_000], true));
    }

    private Hostile noise() {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return new Hostile("noise", bytes, true);
    }

    private Hostile noiseUnderAnHonestHeader() {
        byte[] bytes = new byte[random.nextInt(HEADER_BYTES, 300)];
        random.nextBytes(bytes);
        System.arraycopy(wire.encode(any()), 0, bytes, 0, HEADER_BYTES);
        return new Hostile("noise under an honest header", bytes, false);
    }

    private Hostile truncated() {
        return new Hostile("truncated", mutation.truncated(wire.encode(any())), true);
    }

    private Hostile flipped() {
        return new Hostile("flipped bits", mutation.flipped(wire.encode(any())), false);
    }

    private Hostile number(String kind, double[] values, boolean refused) {
        return new Hostile(kind, wire.encode(mutation.withNumber(any(), wire, values)), refused);
    }

    private Hostile text() {
        String text = TEXTS.get(random.nextInt(TEXTS.size()));
        String field = List.of("id", "cellModel", "variant", "publishedState").get(random.nextInt(4));
        StimulusProtocol protocol = switch (random.nextInt(4)) {
            case 0 ->
                StimulusProtocol.newBuilder(any()).setVariables(List.of(text)).build();
            case 1 ->
                StimulusProtocol.newBuilder(any()).setTags(Map.of(text, text)).build();
            case 2 ->
                StimulusProtocol.newBuilder(any())
                        .setParameters(Map.of(text, 1.0))
                        .build();
            default -> with(field, text);
        };
        return new Hostile("text", wire.encode(protocol), false);
    }

    private Hostile anotherMessage() {
        Command command = Command.newBuilder()
                .setId("c" + random.nextInt())
                .setCellModel("fitzhugh-nagumo-1961")
                .setKind(CommandKind.PAUSE)
                .setIssuedAtMs(1)
                .build();
        return new Hostile("another message", Topics.standard().commands.wire().encode(command), true);
    }

    /** As a sender of a later version might write it: one field more, and so a fingerprint that nobody knows. */
    private Hostile unknownSchema() {
        Schema present = StimulusProtocol.getClassSchema();
        List<Schema.Field> fields = new ArrayList<>(present.getFields().stream()
                .map(field -> new Schema.Field(field, field.schema()))
                .toList());
        fields.add(new Schema.Field("added" + random.nextInt(1000), Schema.create(Schema.Type.INT), "", 0));
        Schema later = Schema.createRecord(present.getName(), "", present.getNamespace(), false, fields);
        return new Hostile("unknown schema", written(any(), later), true);
    }

    /** As a sender writes it that has not been updated since the first release. */
    byte[] inFirstSchema(String id) {
        try (InputStream first =
                StimulusProtocol.class.getResourceAsStream("/released-schemas/1/StimulusProtocol.avsc")) {
            return written(honest(id), new Schema.Parser().parse(first));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fields that the schema does not have are left out, those that the protocol does not have are 1. */
    private static byte[] written(StimulusProtocol protocol, Schema schema) {
        GenericRecord message = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            Schema.Field present = protocol.getSchema().getField(field.name());
            message.put(field.pos(), present == null ? 1 : protocol.get(present.pos()));
        }
        try {
            return new BinaryMessageEncoder<GenericRecord>(SpecificData.get(), schema)
                    .encode(message)
                    .array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With numbers in every field that can have them. */
    private StimulusProtocol any() {
        StimulusProtocol.Builder protocol = StimulusProtocol.newBuilder(honest("h" + random.nextInt(1_000_000)))
                .setRelativeL2Wanted(0.5)
                .setParameters(Map.of("e", 0.1))
                .setInitialState(Map.of("V", 0.1))
                .setTags(Map.of("batch", "µ"));
        if (random.nextInt(4) == 0) {
            List<Float> current =
                    IntStream.range(0, 40).mapToObj(i -> (float) (i % 7)).toList();
            protocol.setPulses(List.of()).setSampledCurrent(new SampledCurrent(0.5, current));
        }
        return protocol.build();
    }

    private StimulusProtocol with(String field, Object value) {
        StimulusProtocol protocol = wire.decode(wire.encode(any()));
        protocol.put(field, value);
        return protocol;
    }

    private StimulusProtocol edited(List<Pulse> pulses) {
        return StimulusProtocol.newBuilder(honest("large")).setPulses(pulses).build();
    }

    private static Pulse pulse(int onsetMs) {
        return new Pulse((double) onsetMs, 0.1, 1.0);
    }

    private byte[] manyPulses(int count) {
        return wire.encode(edited(
                IntStream.range(0, count).mapToObj(HostileProtocols::pulse).toList()));
    }

    private byte[] sampled(int count) {
        return wire.encode(StimulusProtocol.newBuilder(honest("large"))
                .setPulses(List.of())
                .setSampledCurrent(new SampledCurrent(0.01, Collections.nCopies(count, 1f)))
                .build());
    }

    private byte[] variables(int count) {
        return wire.encode(StimulusProtocol.newBuilder(honest("large"))
                .setVariables(Collections.nCopies(count, "V"))
                .build());
    }

    private byte[] tags(int count) {
        Map<String, String> tags = new TreeMap<>();
        IntStream.range(0, count).forEach(i -> tags.put("tag" + i, ""));
        return wire.encode(
                StimulusProtocol.newBuilder(honest("large")).setTags(tags).build());
    }
}
