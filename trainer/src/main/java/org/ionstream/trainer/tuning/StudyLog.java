package org.ionstream.trainer.tuning;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.ionstream.schemas.message.Trial;
import org.ionstream.schemas.message.TrialOutcome;
import org.ionstream.schemas.message.TrialResult;
import org.ionstream.schemas.stream.DeadLetters;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.UnreadableMessageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The orders and results of one study as they are on the topics: first what is there, then what comes. An order among the dead
 * letters, which a worker could not train, counts as a result without an error. Not thread-safe.
 */
final class StudyLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StudyLog.class);
    private static final Duration LONGEST_READ = Duration.ofMinutes(2);

    /** An order and the partition that it is on. */
    record Ordered(Trial trial, int partition) {}

    /** In the order of the topics. */
    record News(List<Ordered> orders, List<TrialResult> results) {}

    private final Topics topics;
    private final String study;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Set<TopicPartition> partitions;

    StudyLog(KafkaSettings kafka, Topics topics, String study) {
        this.topics = topics;
        this.study = study;
        consumer = new KafkaConsumer<>(kafka.reader());
        partitions = new HashSet<>();
        for (String topic : List.of(topics.trials.name(), topics.trialResults.name(), topics.trials.deadLetters())) {
            consumer.partitionsFor(topic)
                    .forEach(found -> partitions.add(new TopicPartition(topic, found.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Everything that is committed now. */
    News all() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        News all = new News(new ArrayList<>(), new ArrayList<>());
        long deadline = System.nanoTime() + LONGEST_READ.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            News more = next(Duration.ofSeconds(1));
            all.orders().addAll(more.orders());
            all.results().addAll(more.results());
            if (System.nanoTime() > deadline) {
                throw new KafkaException(
                        "the log of study %s was not read in %s; look at the broker".formatted(study, LONGEST_READ));
            }
        }
        return all;
    }

    /** What has come since, perhaps nothing; waits at most so long. */
    News next(Duration longest) {
        News news = new News(new ArrayList<>(), new ArrayList<>());
        for (ConsumerRecord<byte[], byte[]> found : consumer.poll(longest)) {
            if (found.topic().equals(topics.trials.name())) {
                Trial trial = decoded(topics.trials, found);
                if (isOfStudy(trial)) {
                    news.orders().add(new Ordered(trial, found.partition()));
                }
            } else if (found.topic().equals(topics.trials.deadLetters())) {
                Trial trial = decoded(topics.trials, found);
                if (isOfStudy(trial)) {
                    news.results().add(refused(trial, found));
                }
            } else {
                TrialResult result = decoded(topics.trialResults, found);
                if (result != null && result.getStudy().equals(study)) {
                    news.results().add(result);
                }
            }
        }
        return news;
    }

    private boolean isOfStudy(Trial trial) {
        return trial != null && trial.getStudy().equals(study);
    }

    private static TrialResult refused(Trial trial, ConsumerRecord<byte[], byte[]> letter) {
        Header reason = letter.headers().lastHeader(DeadLetters.REASON);
        return TrialResult.newBuilder()
                .setStudy(trial.getStudy())
                .setNumber(trial.getNumber())
                .setRung(trial.getRung())
                .setOutcome(TrialOutcome.UNKNOWN)
                .setDetail("refused by a worker: "
                        + (reason == null ? "no reason given" : new String(reason.value(), StandardCharsets.UTF_8)))
                .setAtMs(letter.timestamp())
                .build();
    }

    /** Null if it cannot be read: the worker that read it too has sent it to the dead letters. */
    private static <M extends SpecificRecord> M decoded(Topic<M> topic, ConsumerRecord<byte[], byte[]> found) {
        try {
            return topic.wire().decode(found.value());
        } catch (UnreadableMessageException e) {
            LOG.debug("unreadable {}-{}@{}", found.topic(), found.partition(), found.offset(), e);
            return null;
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
