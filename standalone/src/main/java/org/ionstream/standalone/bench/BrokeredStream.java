package org.ionstream.standalone.bench;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.ionstream.reference.Reference;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.ProtocolLimits;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.broker.EmbeddedBroker;
import org.ionstream.surrogate.Surrogate;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.model.ModelPublisher;
import org.ionstream.surrogate.model.ReleaseKeys;

/** A broker of its own, and on it one stream after the other, each with topics of its own. */
final class BrokeredStream implements AutoCloseable {
    private static final int PARTITIONS = 2;
    /** Of the streams that several instances share. */
    static final int SHARED_PARTITIONS = 4;

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final long LOOK_NS = 1_000_000;
    private static final int REFERENCE_BATCH = 64;
    private static final double AUDIT_ALL = 1;
    private static final FnoPredictor.Settings ONE_THREAD = new FnoPredictor.Settings(ComputeDevice.CPU, 1, 32);
    /** Of the protocols, answered before the clock starts. */
    private static final double WARM_UP = 0.2;
    /** Of the protocols: those who share them do not end at the same moment. */
    private static final double TIMED_UNTIL = 0.85;

    /**
     * @param perSecond protocols answered and committed
     * @param answering share of the time that the stage takes, decoding included
     * @param committing share that the transactions take, with sending and compression
     */
    public record Throughput(double perSecond, double answering, double committing) {}

    /** From publishing to the committed prediction in the hands of a consumer, milliseconds. */
    public record Latency(double perSecond, double medianMs, double p99Ms, double largestMs) {}

    private final EmbeddedBroker broker;
    private final KafkaSettings kafka;
    private int streams;

    BrokeredStream(Path directory) {
        this.broker = new EmbeddedBroker(directory, EmbeddedBroker.freePort());
        this.kafka = KafkaSettings.at(broker.bootstrapServers());
    }

    KafkaSettings kafka() {
        return kafka;
    }

    /** New topics. */
    Topics topics() {
        return topics(PARTITIONS);
    }

    private Topics topics(int partitions) {
        Topics topics = new Topics("bench-%d.".formatted(streams++));
        try (Admin admin = Admin.create(kafka.common())) {
            topics.create(admin, partitions, (short) 1);
        }
        return topics;
    }

    /** A stage that runs here. */
    private record Running(
            Runnable starting,
            BooleanSupplier ready,
            Supplier<Optional<Throwable>> failure,
            Runnable closing,
            SimpleMeterRegistry meters)
            implements AutoCloseable {

        long answered() {
            Counter counter = meters.find("ionic.stage.records")
                    .tag("outcome", "understood")
                    .counter();
            return counter == null ? 0 : (long) counter.count();
        }

        boolean isReady() {
            return ready.getAsBoolean();
        }

        double seconds(String timer) {
            return meters.find(timer).timer().totalTime(TimeUnit.NANOSECONDS) / 1e9;
        }

        @Override
        public void close() {
            closing.run();
        }
    }

    /** A surrogate catches up with protocols that are published at once. */
    Throughput throughput(
            OnnxModelFile file, FnoPredictor.Settings serving, StreamOutput output, int count, long seed) {
        Topics topics = topicsWith(file, PARTITIONS);
        return caughtUp(topics, List.of(surrogate(topics, serving, "0")), protocols(file, output, count, seed));
    }

    /** As many surrogates do, each on one thread; protocols a second of all together. */
    double predicted(OnnxModelFile file, ScaleBench.Settings scale, int instances) {
        Topics topics = topicsWith(file, SHARED_PARTITIONS);
        return shared(file, scale, instances, topics, instance -> surrogate(topics, ONE_THREAD, instance));
    }

    /** As many references do, which audit every protocol, each on one thread; protocols a second of all together. */
    double solved(OnnxModelFile file, ScaleBench.Settings scale, int instances) {
        Topics topics = topics(SHARED_PARTITIONS);
        return shared(file, scale, instances, topics, instance -> reference(topics, instance));
    }

    private double shared(
            OnnxModelFile file,
            ScaleBench.Settings scale,
            int instances,
            Topics topics,
            Function<String, Running> stage) {
        List<Running> stages = IntStream.range(0, instances)
                .mapToObj(Integer::toString)
                .map(stage)
                .toList();
        List<StimulusProtocol> protocols = protocols(file, StreamOutput.ALL_VARIABLES, scale.protocols(), scale.seed());
        return caughtUp(topics, stages, protocols).perSecond();
    }

    private Running surrogate(Topics topics, FnoPredictor.Settings serving, String instance) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Surrogate surrogate = new Surrogate(settings(topics, serving, instance), meters);
        return new Running(surrogate::start, surrogate::isReady, surrogate::failure, surrogate::close, meters);
    }

    private Running reference(Topics topics, String instance) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Reference reference = new Reference(
                new Reference.Settings(
                        kafka,
                        topics,
                        instance,
                        SolverSettings.AUDIT,
                        AUDIT_ALL,
                        REFERENCE_BATCH,
                        1,
                        ProtocolLimits.DEFAULT),
                meters);
        return new Running(reference::start, reference::isReady, reference::failure, reference::close, meters);
    }

    /**
     * The clock starts with a commit after all have partitions and everything is published, and stops with one before the
     * first could have nothing left to do.
     */
    private Throughput caughtUp(Topics topics, List<Running> stages, List<StimulusProtocol> protocols) {
        try {
            stages.forEach(running -> running.starting().run());
            reached(stages, () -> stages.stream().filter(Running::isReady).count(), stages.size());
            send(topics, protocols);
            LongSupplier answered =
                    () -> stages.stream().mapToLong(Running::answered).sum();
            long count = protocols.size();
            long warm = Math.max(answered.getAsLong() + 1, (long) (WARM_UP * count));
            long before = reached(stages, answered, Math.min(count, warm));
            if (before == count) {
                throw new IllegalStateException(
                        "all %d protocols were answered before the clock could start; take more".formatted(count));
            }
            long beganNs = System.nanoTime();
            double answering = seconds(stages, "ionic.stage.answer");
            double committing = seconds(stages, "ionic.stage.commit");
            long after = reached(stages, answered, Math.max(before + 1, (long) (TIMED_UNTIL * count)));
            double seconds = (System.nanoTime() - beganNs) / 1e9;
            return new Throughput(
                    (after - before) / seconds,
                    (seconds(stages, "ionic.stage.answer") - answering) / seconds,
                    (seconds(stages, "ionic.stage.commit") - committing) / seconds);
        } finally {
            stages.forEach(Running::close);
        }
    }

    /** A surrogate with little to do. */
    Latency latency(OnnxModelFile file, FnoPredictor.Settings serving, double perSecond, int count, long seed) {
        Topics topics = topicsWith(file, PARTITIONS);
        List<StimulusProtocol> protocols = protocols(file, StreamOutput.ALL_VARIABLES, count, seed);
        Map<String, Long> sentNs = new HashMap<>();
        double[] tookMs = new double[count];
        try (Running surrogate = surrogate(topics, serving, "0");
                var producer = new KafkaProducer<byte[], byte[]>(kafka.producer());
                var consumer = new KafkaConsumer<byte[], byte[]>(kafka.reader())) {
            surrogate.starting().run();
            consumer.assign(partitions(consumer, topics));
            reached(List.of(surrogate), () -> surrogate.isReady() ? 1 : 0, 1);
            int sent = 0;
            int received = 0;
            long beganNs = System.nanoTime();
            while (received < count) {
                check(List.of(surrogate), beganNs);
                if (sent < count && System.nanoTime() - beganNs >= sent * 1e9 / perSecond) {
                    StimulusProtocol next = protocols.get(sent++);
                    sentNs.put(next.getId(), System.nanoTime());
                    producer.send(topics.stimuli.message(next.getId(), next).toRecord());
                }
                for (ConsumerRecord<byte[], byte[]> answer : consumer.poll(Duration.ofMillis(1))) {
                    String id = topics.predictions.wire().decode(answer.value()).getId();
                    tookMs[received++] = (System.nanoTime() - sentNs.get(id)) / 1e6;
                }
            }
        }
        double[] settled = Arrays.copyOfRange(tookMs, (int) (WARM_UP * count), count);
        Arrays.sort(settled);
        return new Latency(
                perSecond,
                settled[settled.length / 2],
                settled[(int) (0.99 * (settled.length - 1))],
                settled[settled.length - 1]);
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, Topics topics) {
        return consumer.partitionsFor(topics.predictions.name()).stream()
                .map(found -> new TopicPartition(found.topic(), found.partition()))
                .toList();
    }

    @Override
    public void close() {
        broker.close();
    }

    private Topics topicsWith(OnnxModelFile file, int partitions) {
        Topics topics = topics(partitions);
        try (ModelPublisher publisher = ModelPublisher.at(kafka, topics, ReleaseKeys.NONE, "bench")) {
            publisher.publish(file.bytes());
        }
        return topics;
    }

    private void send(Topics topics, List<StimulusProtocol> protocols) {
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.producer())) {
            for (StimulusProtocol protocol : protocols) {
                Outgoing message = topics.stimuli.message(protocol.getId(), protocol);
                producer.send(message.toRecord());
            }
            producer.flush();
        }
    }

    private static List<StimulusProtocol> protocols(OnnxModelFile file, StreamOutput output, int count, long seed) {
        CellModel model = CellModels.byId(file.card().cellModel());
        return GeneralSubset.on(file.card().grid(), model, count, seed).stream()
                .map(Stimulus::protocol)
                .map(protocol -> output.of(protocol, model))
                .toList();
    }

    private Surrogate.Settings settings(Topics topics, FnoPredictor.Settings serving, String instance) {
        return new Surrogate.Settings(
                kafka, topics, instance, serving, Double.POSITIVE_INFINITY, ProtocolLimits.DEFAULT, ReleaseKeys.NONE);
    }

    private static double seconds(List<Running> stages, String timer) {
        return stages.stream().mapToDouble(running -> running.seconds(timer)).sum() / stages.size();
    }

    private static long reached(List<Running> stages, LongSupplier counter, long wanted) {
        long beganNs = System.nanoTime();
        while (counter.getAsLong() < wanted) {
            check(stages, beganNs);
            LockSupport.parkNanos(LOOK_NS);
        }
        return counter.getAsLong();
    }

    private static void check(List<Running> stages, long beganNs) {
        stages.stream()
                .map(running -> running.failure().get())
                .flatMap(Optional::stream)
                .forEach(failure -> {
                    throw new IllegalStateException("a stage ended", failure);
                });
        if (System.nanoTime() - beganNs > LONGEST.toNanos()) {
            throw new IllegalStateException("not done after %s; take fewer protocols".formatted(LONGEST));
        }
    }
}
