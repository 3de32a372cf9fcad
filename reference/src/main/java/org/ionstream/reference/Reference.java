package org.ionstream.reference;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ionstream.schemas.operation.StageMeters;
import org.ionstream.schemas.protocol.ProtocolLimits;
import org.ionstream.schemas.stream.BatchLoop;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.stream.WatchedThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reference in service: one thread reads and commits, a pool solves. */
public final class Reference implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reference.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
    /** In a transaction, which its time limits before, but for the fastest solutions. */
    private static final int MOST_BATCHES = 64;

    /**
     * @param kafka the broker
     * @param topics of the installation
     * @param instance distinguishes references that share the work
     * @param solver tolerance and budget
     * @param auditShare of all protocols; the same number in every process
     * @param largestBatch most that is polled at once
     * @param threads that solve
     * @param limits of a protocol
     */
    public record Settings(
            KafkaSettings kafka,
            Topics topics,
            String instance,
            SolverSettings solver,
            double auditShare,
            int largestBatch,
            int threads,
            ProtocolLimits limits) {
        public Settings {
            if (!(auditShare >= 0 && auditShare <= 1) || largestBatch < 1 || threads < 1) {
                throw new IllegalArgumentException(
                        "reference with audit share %s, batches of %d, %d threads; the share must be in [0, 1], the others positive"
                                .formatted(auditShare, largestBatch, threads));
            }
        }
    }

    private final BatchLoop<ReferenceRequest> loop;
    private final ExecutorService pool;
    private final WatchedThread thread;

    /** Measured by nobody. */
    public Reference(Settings settings) {
        this(settings, new CompositeMeterRegistry());
    }

    public Reference(Settings settings, MeterRegistry meters) {
        LOG.info("reference with {}", settings);
        Topics topics = settings.topics();
        this.pool = Executors.newFixedThreadPool(settings.threads());
        ReferenceStage stage = new ReferenceStage(
                topics, new ReferenceSolver(settings.solver()), settings.auditShare(), pool, Clock.systemUTC());
        this.loop = new BatchLoop<>(
                new BatchLoop.Settings(
                        topics.prefix() + "reference",
                        settings.kafka(),
                        settings.instance(),
                        settings.largestBatch(),
                        MOST_BATCHES),
                List.of(
                        ReferenceRequest.protocols(topics.stimuli, settings.limits()),
                        ReferenceRequest.audits(topics.audits, settings.limits())),
                stage,
                new StageMeters(meters, "reference", Clock.systemUTC()));
        this.thread = new WatchedThread("reference", loop);
    }

    public void start() {
        thread.start();
    }

    /** True while partitions are assigned and the thread runs. */
    public boolean isReady() {
        return loop.isReady() && thread.isAlive();
    }

    /** What ended the thread, if anything did; then the process is to be stopped and started again. */
    public Optional<Throwable> failure() {
        return thread.failure();
    }

    /** Finishes the batch in hand. */
    @Override
    public void close() {
        loop.stop();
        thread.join(LONGEST_STOP);
        pool.shutdownNow();
    }
}
