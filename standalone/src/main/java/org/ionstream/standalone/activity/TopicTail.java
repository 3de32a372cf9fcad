package org.ionstream.standalone.activity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.UnreadableMessageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows all result topics for the people who watch: data from now on, decisions (drift, training, releases) from the
 * beginning. It has no part in the work and keeps no offsets.
 */
public final class TopicTail implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaSettings kafka;
    private final Map<String, Consumer<byte[]>> readers = new LinkedHashMap<>();
    private final Set<String> fromBeginning;
    private volatile boolean stopping;

    public TopicTail(KafkaSettings kafka, Topics topics, ActivityWatch watch) {
        this.kafka = kafka;
        read(topics.predictions, watch::predicted);
        read(topics.discrepancies, watch::compared);
        read(topics.drift, watch::reported);
        read(topics.training, watch::reported);
        read(topics.models, watch::released);
        topics.all().forEach(topic -> readers.put(topic.deadLetters(), bytes -> watch.deadLetter()));
        fromBeginning = Set.of(topics.drift.name(), topics.training.name(), topics.models.name());
    }

    public void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        try (var consumer = new KafkaConsumer<byte[], byte[]>(kafka.reader())) {
            List<TopicPartition> partitions = new ArrayList<>();
            readers.keySet()
                    .forEach(topic -> consumer.partitionsFor(topic)
                            .forEach(found -> partitions.add(new TopicPartition(topic, found.partition()))));
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            consumer.seekToBeginning(partitions.stream()
                    .filter(partition -> fromBeginning.contains(partition.topic()))
                    .toList());
            while (!stopping) {
                for (ConsumerRecord<byte[], byte[]> received : consumer.poll(POLL)) {
                    readers.get(received.topic()).accept(received.value());
                }
            }
        } catch (KafkaException e) {
            if (!stopping) {
                LOG.warn("the summary stands still, it lost the broker: {}", e.toString());
            }
        }
    }

    private <T extends SpecificRecord> void read(Topic<T> topic, Consumer<T> reader) {
        readers.put(topic.name(), bytes -> {
            try {
                reader.accept(topic.wire().decode(bytes));
            } catch (UnreadableMessageException e) {
                LOG.debug("not shown", e); // whoever owns the topic has written its dead letter
            }
        });
    }
}
