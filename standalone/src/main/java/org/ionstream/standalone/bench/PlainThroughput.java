package org.ionstream.standalone.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.stream.BatchLoop;
import org.ionstream.schemas.stream.BatchWatch;
import org.ionstream.schemas.stream.Inlet;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.stream.WatchedThread;

/**
 * What Kafka itself does with answers of one size: a producer that only sends, a loop that answers at least once, and the loop of
 * every stage, which answers exactly once. The answers are those of one full poll, made before and sent again and again; clients
 * have the settings of the stages, and both loops commit as many batches at once.
 */
final class PlainThroughput {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
    private static final long LOOK_NS = 1_000_000;

    private static final int ROUNDS = 3;

    /** As in the surrogate. */
    private static final int MOST_BATCHES = 16;

    /** Over the protocols in each round. */
    private static final int MOST_PASSES = 20;

    /** Of answers in each round, not compressed: a second or more. */
    private static final long ROUND_BYTES = 800_000_000;

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /**
     * @param perSecond records of wall-clock time
     * @param processorMicros of all threads of the process, the broker's too, for a record
     */
    public record Speed(double perSecond, double processorMicros) {}

    /** Medians of the rounds. */
    public record Row(Speed producer, Speed atLeastOnce, Speed exactlyOnce) {}

    /** Since it was made. */
    private record Watch(long beganNs, long processorNs) {
        static Watch start() {
            return new Watch(System.nanoTime(), PROCESS.getProcessCpuTime());
        }

        Speed of(int records) {
            return new Speed(
                    records / ((System.nanoTime() - beganNs) / 1e9),
                    (PROCESS.getProcessCpuTime() - processorNs) / 1e3 / records);
        }
    }

    private final BrokeredStream stream;
    private final List<StimulusProtocol> protocols;
    private final List<byte[]> answers;
    private final int batch;
    private final int records;

    /**
     * @param protocols that are answered, again and again
     * @param answers in turn
     * @param batch records of one poll
     */
    PlainThroughput(BrokeredStream stream, List<StimulusProtocol> protocols, List<byte[]> answers, int batch) {
        this.stream = stream;
        this.protocols = protocols;
        this.answers = answers;
        this.batch = batch;
        long bytes = answers.stream().mapToLong(answer -> answer.length).sum();
        this.records = (int) Math.min(ROUND_BYTES * answers.size() / bytes, (long) MOST_PASSES * protocols.size());
    }

    Row measure() {
        Speed[][] measured = new Speed[3][ROUNDS];
        for (int round = -1; round < ROUNDS; round++) { // the first one only warms up
            Speed[] speeds = {sent(), atLeastOnce(), exactlyOnce()};
            for (int way = 0; way < speeds.length && round >= 0; way++) {
                measured[way][round] = speeds[way];
            }
        }
        return new Row(median(measured[0]), median(measured[1]), median(measured[2]));
    }

    private static Speed median(Speed[] rounds) {
        return new Speed(
                Spread.of(Arrays.stream(rounds).mapToDouble(Speed::perSecond).toArray())
                        .median(),
                Spread.of(Arrays.stream(rounds)
                                .mapToDouble(Speed::processorMicros)
                                .toArray())
                        .median());
    }

    private Speed sent() {
        Topics topics = stream.topics();
        try (var producer = new KafkaProducer<byte[], byte[]>(stream.kafka().producer())) {
            producer.partitionsFor(topics.predictions.name());
            Watch watch = Watch.start();
            for (int i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>(topics.predictions.name(), key(protocol(i)), answer(i)));
            }
            producer.flush();
            return watch.of(records);
        }
    }

    private Speed atLeastOnce() {
        Topics topics = withProtocols();
        var consumption = stream.kafka().consumer("at-least-once");
        consumption.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batch);
        try (var consumer = new KafkaConsumer<byte[], byte[]>(consumption);
                var producer = new KafkaProducer<byte[], byte[]>(stream.kafka().producer())) {
            consumer.subscribe(List.of(topics.stimuli.name()));
            int answered = 0;
            int batches = 0;
            Watch watch = null;
            while (answered < records) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofMillis(200));
                watch = watch == null && !polled.isEmpty() ? Watch.start() : watch;
                for (ConsumerRecord<byte[], byte[]> received : polled) {
                    topics.stimuli.wire().decode(received.value());
                    producer.send(new ProducerRecord<>(topics.predictions.name(), received.key(), answer(answered++)));
                }
                if (++batches == MOST_BATCHES || polled.count() < batch) {
                    producer.flush();
                    consumer.commitSync();
                    batches = 0;
                }
            }
            producer.flush();
            consumer.commitSync();
            return watch.of(records);
        }
    }

    private Speed exactlyOnce() {
        Topics topics = withProtocols();
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger committed = new AtomicInteger();
        AtomicReference<Watch> watch = new AtomicReference<>();
        BatchLoop<byte[]> loop = new BatchLoop<>(
                new BatchLoop.Settings(topics.prefix() + "echo", stream.kafka(), "0", batch, MOST_BATCHES),
                List.of(new Inlet<>(topics.stimuli, (protocol, arrival) -> key(protocol))),
                keys -> {
                    watch.compareAndSet(null, Watch.start());
                    return keys.stream()
                            .map(key -> new Outgoing(
                                    topics.predictions.name(), key, answer(answered.getAndIncrement()), Map.of()))
                            .toList();
                },
                new BatchWatch() {
                    @Override
                    public void committed(Batch done) {
                        committed.addAndGet(done.records());
                    }
                });
        WatchedThread thread = new WatchedThread("echo", loop);
        thread.start();
        while (committed.get() < records && thread.isAlive()) {
            LockSupport.parkNanos(LOOK_NS);
        }
        Speed speed = watch.get().of(records);
        loop.stop();
        thread.join(LONGEST_STOP);
        return speed;
    }

    private Topics withProtocols() {
        Topics topics = stream.topics();
        try (var producer = new KafkaProducer<byte[], byte[]>(stream.kafka().producer())) {
            for (int i = 0; i < records; i++) {
                producer.send(
                        topics.stimuli.message(protocol(i).getId(), protocol(i)).toRecord());
            }
            producer.flush();
        }
        return topics;
    }

    private StimulusProtocol protocol(int i) {
        return protocols.get(i % protocols.size());
    }

    private byte[] answer(int i) {
        return answers.get(i % answers.size());
    }

    private static byte[] key(StimulusProtocol protocol) {
        return protocol.getId().getBytes(StandardCharsets.UTF_8);
    }
}
