package org.ionstream.trainer.drift;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.JoinWindows;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.kstream.StreamJoined;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.Stores;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.BandAdjustment;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.DiscrepancyStatus;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.protocol.UniformAudit;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.trainer.trust.BandWatch;

/**
 * Predictions and uniform references meet by protocol id (outer join: a missing half is an alarm) and become
 * discrepancies; discrepancies per cell model and model version become drift reports and adjustments of the model's bands.
 * Targeted references never enter.
 */
public final class DriftTopology {
    private final Topics topics;
    private final DriftSettings settings;

    public DriftTopology(Topics topics, DriftSettings settings) {
        this.topics = topics;
        this.settings = settings;
    }

    public Topology build() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, Prediction> predictions = read(builder, topics.predictions, this::isAudited);
        KStream<String, ReferenceSolution> references = read(builder, topics.references, key -> true)
                .filter((id, reference) -> reference.getReason() == AuditReason.UNIFORM);

        KStream<String, Discrepancy> discrepancies = predictions.outerJoin(
                references,
                DiscrepancyJoin::of,
                JoinWindows.ofTimeDifferenceWithNoGrace(settings.joinWindow()),
                StreamJoined.with(
                                Serdes.String(),
                                MessageSerde.stored(Prediction.class),
                                MessageSerde.stored(ReferenceSolution.class))
                        .withName("audit")
                        .withStoreName("audit"));
        write(discrepancies, topics.discrepancies, DriftTopology::hasBothHalves);

        builder.addGlobalStore(
                Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(ReleaseTable.STORE), Serdes.Bytes(), Serdes.ByteArray()),
                topics.models.name(),
                Consumed.with(Serdes.Bytes(), Serdes.ByteArray()),
                ReleaseTable::new);
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(DriftProcessor.STORE),
                Serdes.String(),
                new JsonSerde<>(DriftWatch.class)));
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(BandProcessor.STORE),
                Serdes.String(),
                new JsonSerde<>(BandWatch.class)));
        ProcessorSupplier<String, Discrepancy, String, DriftReport> drift =
                () -> new DriftProcessor(settings, topics.models.wire());
        KStream<String, Discrepancy> byCellModel = discrepancies
                .selectKey((id, discrepancy) -> discrepancy.getCellModel())
                .repartition(Repartitioned.with(Serdes.String(), MessageSerde.stored(Discrepancy.class))
                        .withName("by-cell-model")
                        .withNumberOfPartitions(1));
        write(byCellModel.process(drift, DriftProcessor.STORE), topics.drift, report -> false);
        ProcessorSupplier<String, Discrepancy, String, BandAdjustment> bands = BandProcessor::new;
        write(byCellModel.process(bands, BandProcessor.STORE), topics.bands, adjustment -> false);
        return builder.build();
    }

    /** A missing half is noticed at another record, and its trace is that record's: it is no cause. */
    private static boolean hasBothHalves(Discrepancy discrepancy) {
        return discrepancy.getStatus() != DiscrepancyStatus.REFERENCE_MISSING
                && discrepancy.getStatus() != DiscrepancyStatus.PREDICTION_MISSING;
    }

    /** @param isCaused by the record that the message was made from: it goes on with its trace */
    private static <T extends SpecificRecord> void write(
            KStream<String, T> messages, Topic<T> topic, Predicate<T> isCaused) {
        messages.processValues(() -> new Announce<>(topic, isCaused))
                .to(topic.name(), Produced.with(Serdes.String(), new MessageSerde<>(topic.wire())));
    }

    /** What has no key is looked at, to become a dead letter. */
    private boolean isAudited(byte[] key) {
        return key == null || UniformAudit.covers(new String(key, StandardCharsets.UTF_8), settings.auditShare());
    }

    /**
     * Decodes in a processor, so that a poison record becomes a dead letter and not the end of the stream.
     *
     * @param wanted by the key: the others are not decoded, which would take most of the time
     */
    private <T extends SpecificRecord> KStream<String, T> read(
            StreamsBuilder builder, Topic<T> topic, Predicate<byte[]> wanted) {
        KStream<byte[], byte[]> received = builder.stream(
                        topic.name(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .filter((key, value) -> wanted.test(key));
        KStream<byte[], Decoded<T>> decoded = received.processValues(() -> new Decode<>(topic));
        decoded.filter((key, value) -> value.message() == null)
                .map((key, value) -> value.tooLarge()
                        ? new KeyValue<byte[], byte[]>(null, null)
                        : new KeyValue<>(key, value.bytes()))
                .to(topic.deadLetters(), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        return decoded.flatMap((key, value) -> value.message() == null
                ? List.of()
                : List.of(new KeyValue<>(new String(key, StandardCharsets.UTF_8), value.message())));
    }
}
