package org.ionstream.standalone.run;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.producer.pacing.PacingDistribution;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.activity.ActivityWatch;

/**
 * What the one-command run publishes: the paper's single pulses, then pulse trains and S1-S2, which the first champion has
 * never seen. Where a restart goes on follows from how many protocols are on the log.
 */
final class ShiftingProtocols {
    private final SimulatorSettings settings;
    private final ActivityWatch watch;

    ShiftingProtocols(SimulatorSettings settings, ActivityWatch watch) {
        this.settings = settings;
        this.watch = watch;
    }

    /** @param published so far on this log */
    ProtocolSource from(long published) {
        CellModel cellModel = settings.cellModel();
        String run = "run-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        long seed = settings.seed() + published;
        long remaining = Math.max(0, settings.shiftAfter() - published);
        ProtocolSource paper =
                PaperDistribution.of(cellModel).endless(seed, run).limit(remaining);
        ProtocolSource pacing = PacingDistribution.of(cellModel).endless(seed, run + "-pacing");
        return announced(paper, "single pulses as in the paper, for the next %,d protocols".formatted(remaining))
                .then(announced(pacing, "pulse trains and S1-S2: another distribution from now on"));
    }

    static long publishedSoFar(KafkaSettings kafka, Topics topics) {
        try (var consumer = new KafkaConsumer<byte[], byte[]>(kafka.reader())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topics.stimuli.name()).stream()
                    .map(found -> new TopicPartition(found.topic(), found.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            return ends.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private ProtocolSource announced(ProtocolSource source, String text) {
        AtomicBoolean silent = new AtomicBoolean(true);
        return source.map(protocol -> {
            if (silent.getAndSet(false)) {
                watch.event("protocols", text);
            }
            return protocol;
        });
    }
}
