package org.ionstream.standalone.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
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
 * every stage, which answers exactly once. The answer is always the same bytes, made before.
 */
final class PlainThroughput {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
    private static final long LOOK_NS = 1_000_000;

    private static final int ROUNDS = 3;

    /** As in the surrogate. */
    private static final int MOST_BATCHES = 16;

    /** Records a second, medians of the rounds. */
    public record Row(double producer, double atLeastOnce, double exactlyOnce) {}

    private final BrokeredStream stream;
    private final List<StimulusProtocol> protocols;
    private final byte[] answer;
    private final int batch;

    /**
     * @param protocols that are answered
     * @param answer to each
     * @param batch records of one poll and one transaction
     */
    PlainThroughput(BrokeredStream stream, List<StimulusProtocol> protocols, byte[] answer, int batch) {
        this.stream = stream;
        this.protocols = protocols;
        this.answer = answer;
        this.batch = batch;
    }

    Row measure() {
        double[][] measured = new double[3][ROUNDS];
        for (int round = -1; round < ROUNDS; round++) { // the first one only warms up
            double[] speeds = {sent(), atLeastOnce(), exactlyOnce()};
            for (int way = 0; way < speeds.length && round >= 0; way++) {
                measured[way][round] = speeds[way];
            }
        }
        return new Row(
                Spread.of(measured[0]).median(),
                Spread.of(measured[1]).median(),
                Spread.of(measured[2]).median());
    }

    private double sent() {
        Topics topics = stream.topics();
        try (var producer = new KafkaProducer<byte[], byte[]>(stream.kafka().producer())) {
            producer.partitionsFor(topics.predictions.name());
            long beganNs = System.nanoTime();
            for (StimulusProtocol protocol : protocols) {
                producer.send(new ProducerRecord<>(topics.predictions.name(), key(protocol), answer));
            }
            producer.flush();
            return perSecond(beganNs);
        }
    }

    private double atLeastOnce() {
        Topics topics = withProtocols();
        var consumption = stream.kafka().consumer("at-least-once");
        consumption.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batch);
        try (var consumer = new KafkaConsumer<byte[], byte[]>(consumption);
                var producer = new KafkaProducer<byte[], byte[]>(stream.kafka().producer())) {
            consumer.subscribe(List.of(topics.stimuli.name()));
            int answered = 0;
            long beganNs = 0;
            while (answered < protocols.size()) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofMillis(200));
                beganNs = beganNs == 0 && !polled.isEmpty() ? System.nanoTime() : beganNs;
                for (ConsumerRecord<byte[], byte[]> received : polled) {
                    topics.stimuli.wire().decode(received.value());
                    producer.send(new ProducerRecord<>(topics.predictions.name(), received.key(), answer));
                }
                producer.flush();
                consumer.commitSync();
                answered += polled.count();
            }
            return perSecond(beganNs);
        }
    }

    private double exactlyOnce() {
        Topics topics = withProtocols();
        AtomicLong committed = new AtomicLong();
        AtomicLong beganNs = new AtomicLong();
        BatchLoop<byte[]> loop = new BatchLoop<>(
                new BatchLoop.Settings(topics.prefix() + "echo", stream.kafka(), "0", batch, MOST_BATCHES),
                List.of(new Inlet<>(topics.stimuli, (protocol, arrival) -> key(protocol))),
                keys -> {
                    beganNs.compareAndSet(0, System.nanoTime());
                    List<Outgoing> answers = new ArrayList<>(keys.size());
                    keys.forEach(key -> answers.add(new Outgoing(topics.predictions.name(), key, answer, Map.of())));
                    return answers;
                },
                new BatchWatch() {
                    @Override
                    public void committed(Batch done) {
                        committed.addAndGet(done.records());
                    }
                });
        WatchedThread thread = new WatchedThread("echo", loop);
        thread.start();
        while (committed.get() < protocols.size() && thread.isAlive()) {
            LockSupport.parkNanos(LOOK_NS);
        }
        double speed = perSecond(beganNs.get());
        loop.stop();
        thread.join(LONGEST_STOP);
        return speed;
    }

    private Topics withProtocols() {
        Topics topics = stream.topics();
        try (var producer = new KafkaProducer<byte[], byte[]>(stream.kafka().producer())) {
            protocols.forEach(protocol -> producer.send(
                    topics.stimuli.message(protocol.getId(), protocol).toRecord()));
            producer.flush();
        }
        return topics;
    }

    private static byte[] key(StimulusProtocol protocol) {
        return protocol.getId().getBytes(StandardCharsets.UTF_8);
    }

    private double perSecond(long beganNs) {
        return protocols.size() / ((System.nanoTime() - beganNs) / 1e9);
    }
}
