package org.ionstream.standalone.plan;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.Arrival;
import org.ionstream.schemas.stream.BatchLoop;
import org.ionstream.schemas.stream.BatchWatch;
import org.ionstream.schemas.stream.Inlet;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.stream.WatchedThread;

/**
 * Measures what the way from topic to topic costs: a stage whose answers are ready reads protocols and sends them, exactly once.
 * Processor time is told by threads: the stage's own, the clients' others, and all that is left of the process, the broker.
 */
public final class StreamMeasurement {
    private static final int BATCH = 512;
    private static final int MOST_BATCHES = 16;
    private static final long BYTES = 400_000_000;
    private static final int MOST_RECORDS = 60_000;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final long LOOK_NS = 1_000_000;
    private static final String STAGE = "bench-costs-stage";
    private static final String SENDER = "kafka-producer-network-thread";
    private static final String HEARTBEATS = "kafka-coordinator-heartbeat-thread";

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final KafkaSettings kafka;
    private final Topics topics;
    private final ToDoubleFunction<List<Outgoing>> bytesOnDisk;
    private int measured;

    /**
     * Publishes the protocols that are answered.
     *
     * @param topics of the broker, which runs in this process
     * @param bytesOnDisk what a broker makes of each of these records
     */
    public StreamMeasurement(
            KafkaSettings kafka,
            Topics topics,
            List<StimulusProtocol> protocols,
            ToDoubleFunction<List<Outgoing>> bytesOnDisk) {
        this.kafka = kafka;
        this.topics = topics;
        this.bytesOnDisk = bytesOnDisk;
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.producer())) {
            for (int i = 0; i < MOST_RECORDS; i++) {
                StimulusProtocol protocol = protocols.get(i % protocols.size());
                producer.send(topics.stimuli.message(protocol.getId(), protocol).toRecord());
            }
        }
    }

    /** Of one moment, or of a record; seconds of a processor. */
    private record Taken(int records, double stage, double client, double process) {
        static Taken now(int records) {
            double stage = 0;
            double client = 0;
            for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
                if (thread == null) {
                    continue; // it has just ended
                }
                double seconds = THREADS.getThreadCpuTime(thread.getThreadId()) / 1e9;
                if (thread.getThreadName().equals(STAGE)) {
                    stage += seconds;
                } else if (thread.getThreadName().startsWith(SENDER)
                        || thread.getThreadName().startsWith(HEARTBEATS)) {
                    client += seconds;
                }
            }
            return new Taken(records, stage, client, PROCESS.getProcessCpuTime() / 1e9);
        }

        Taken perRecordSince(Taken before) {
            int between = records - before.records;
            return new Taken(
                    1,
                    (stage - before.stage) / between,
                    (client - before.client) / between,
                    (process - before.process) / between);
        }

        double broker() {
            return Math.max(0, process - stage - client);
        }
    }

    /**
     * @param small answers
     * @param large answers, much larger than those
     */
    public Costs.Stream measure(List<Outgoing> small, List<Outgoing> large) {
        double bytes = bytesOnDisk.applyAsDouble(small);
        double moreBytes = bytesOnDisk.applyAsDouble(large);
        Taken least = taken(small);
        Taken most = taken(large);
        return new Costs.Stream(
                Costs.Line.through(bytes, least.stage(), moreBytes, most.stage()),
                Costs.Line.through(bytes, least.client(), moreBytes, most.client()),
                Costs.Line.through(bytes, least.broker(), moreBytes, most.broker()));
    }

    /** For a record, from the commit that follows the first half of the records to the last. */
    private Taken taken(List<Outgoing> answers) {
        long bytes = answers.stream().mapToLong(answer -> answer.value().length).sum();
        int records = (int) Math.min(MOST_RECORDS, Math.max(2 * BATCH, BYTES * answers.size() / bytes));
        AtomicInteger turn = new AtomicInteger();
        AtomicInteger committed = new AtomicInteger();
        BatchLoop<Arrival> loop = new BatchLoop<>(
                new BatchLoop.Settings("bench-costs-" + measured++, kafka, "0", BATCH, MOST_BATCHES),
                List.of(new Inlet<>(topics.stimuli, (protocol, arrival) -> understood(protocol, arrival))),
                arrivals -> arrivals.stream()
                        .map(arrival -> answers.get(turn.getAndIncrement() % answers.size())
                                .causedBy(arrival.trace()))
                        .toList(),
                new BatchWatch() {
                    @Override
                    public void committed(Batch batch) {
                        committed.addAndGet(batch.records());
                    }
                });
        WatchedThread thread = new WatchedThread(STAGE, loop);
        thread.start();
        try {
            Taken before = reached(records / 2, committed, thread);
            return reached(records, committed, thread).perRecordSince(before);
        } finally {
            loop.stop();
            thread.join(LONGEST);
        }
    }

    /** As every stage checks what it reads. */
    private static Arrival understood(StimulusProtocol protocol, Arrival arrival) {
        Stimulus.of(protocol);
        return arrival;
    }

    private static Taken reached(int wanted, AtomicInteger committed, WatchedThread thread) {
        long beganNs = System.nanoTime();
        while (committed.get() < wanted) {
            if (!thread.isAlive() || System.nanoTime() - beganNs > LONGEST.toNanos()) {
                throw new IllegalStateException("%d of %d records were answered".formatted(committed.get(), wanted));
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        return Taken.now(committed.get());
    }
}
