package org.ionstream.trainer.tuning;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.ionstream.schemas.stream.BatchLoop;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.stream.WatchedThread;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.release.PartialTraining;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the trials of any study, one at a time, as one of a consumer group. The result and the offset of the order commit in
 * one transaction, so that the trial of a worker that is killed goes to another one, and has one result. A trial may take
 * {@link #LONGEST_TRIAL} between two polls; that a worker is alive is told by its heartbeats, from a thread of their own. The
 * price: when a worker joins or leaves, the others take part in the new distribution when they have finished what they are at.
 */
public final class TrialWorker implements AutoCloseable {
    /** Of training to the end of one rung. */
    public static final Duration LONGEST_TRIAL = Duration.ofHours(24);

    private static final Logger LOG = LoggerFactory.getLogger(TrialWorker.class);
    /** Enough for a worker with nothing to do; interrupted in a poll it could not leave its group in order. */
    private static final Duration IDLE_STOP = Duration.ofSeconds(2);

    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    /**
     * @param kafka the broker
     * @param topics of the installation
     * @param instance distinguishes workers
     * @param state directory of the checkpoints; workers of one machine may share it
     * @param device that trains
     */
    public record Settings(KafkaSettings kafka, Topics topics, String instance, Path state, ComputeDevice device) {}

    private final BatchLoop<TrialStage.Request> loop;
    private final WatchedThread thread;

    public TrialWorker(Settings settings) {
        LOG.info("tuning worker with {}", settings);
        Topics topics = settings.topics();
        TrialStage stage = new TrialStage(
                topics,
                new PartialTraining(ReferenceLabels.standard(), settings.device()),
                settings.state().resolve("checkpoints"),
                settings.instance(),
                Clock.systemUTC());
        loop = new BatchLoop<>(
                new BatchLoop.Settings(group(topics), patient(settings.kafka()), settings.instance(), 1, 1),
                List.of(TrialStage.inlet(topics)),
                stage);
        thread = new WatchedThread("tuning-worker", this::work);
    }

    /** Of all workers of an installation. */
    static String group(Topics topics) {
        return topics.prefix() + "tuning";
    }

    private static KafkaSettings patient(KafkaSettings kafka) {
        Map<String, String> overrides = new HashMap<>(kafka.clientOverrides());
        overrides.putIfAbsent(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Long.toString(LONGEST_TRIAL.toMillis()));
        return new KafkaSettings(kafka.bootstrapServers(), overrides);
    }

    private void work() {
        try {
            loop.run();
        } catch (CancellationException e) {
            LOG.info("stopped in mid-trial, which another worker takes over: {}", e.getMessage());
        }
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

    /** Gives up the trial in hand: its checkpoint stands, and whoever has its partition next goes on. */
    @Override
    public void close() {
        loop.stop();
        thread.join(IDLE_STOP);
        if (thread.isAlive()) {
            thread.interrupt();
            thread.join(LONGEST_STOP);
        }
    }
}
