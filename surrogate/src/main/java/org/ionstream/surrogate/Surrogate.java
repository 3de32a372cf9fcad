package org.ionstream.surrogate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.operation.StageMeters;
import org.ionstream.schemas.protocol.ProtocolLimits;
import org.ionstream.schemas.stream.BatchLoop;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.TopicFollower;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.stream.WatchedThread;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.model.ChampionMeters;
import org.ionstream.surrogate.model.Champions;
import org.ionstream.surrogate.model.ModelArtifacts;
import org.ionstream.surrogate.model.ReleaseFollower;
import org.ionstream.surrogate.model.ReleaseKeys;
import org.ionstream.surrogate.model.ReleaseLoader;
import org.ionstream.surrogate.trust.BandAdjustments;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The surrogate in service: one thread follows the releases, another answers protocols. It answers nothing before the
 * releases that were there at start are loaded, so that a restart does not send its backlog to the reference.
 */
public final class Surrogate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Surrogate.class);
    /** Of the largest batch, at most: while one is predicted, the answers of the one before are made. */
    private static final int PREDICTIONS_PER_POLL = 16;
    /** In a transaction, which its time limits before, but for the fastest models. */
    private static final int MOST_BATCHES = 16;

    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    /**
     * @param kafka the broker
     * @param topics of the installation
     * @param instance distinguishes surrogates that share the work
     * @param predictor device, threads and largest batch; a few of those are polled at once
     * @param largestError relative L2 that is served on route AUTO to senders who do not say what they accept
     * @param limits of a protocol
     * @param keys whose releases are served
     */
    public record Settings(
            KafkaSettings kafka,
            Topics topics,
            String instance,
            FnoPredictor.Settings predictor,
            double largestError,
            ProtocolLimits limits,
            ReleaseKeys keys) {
        public Settings {
            if (!(largestError > 0)) {
                throw new IllegalArgumentException(
                        "the largest error served is %s; it must be positive".formatted(largestError));
            }
        }

        @Override
        public String toString() {
            return "%s, %s, instance=%s, %s, largestError=%s, %s, %s"
                    .formatted(kafka, topics, instance, predictor, largestError, limits, keys);
        }
    }

    private final Champions champions;
    private final ReleaseFollower follower;
    private final TopicFollower bands;
    private final BatchLoop<SurrogateRequest> loop;
    private final WatchedThread releasesThread;
    private final WatchedThread bandsThread;
    private final WatchedThread stageThread;

    /** Measured by nobody; @throws IllegalStateException if CUDA is asked for and absent */
    public Surrogate(Settings settings) {
        this(settings, new CompositeMeterRegistry());
    }

    /** @throws IllegalStateException if CUDA is asked for and absent */
    public Surrogate(Settings settings, MeterRegistry meters) {
        FnoPredictor.Settings predictor = settings.predictor().resolved();
        LOG.info("surrogate with {}; runs on {}", settings, predictor.device());
        Topics topics = settings.topics();
        ChampionMeters championMeters = new ChampionMeters(meters, "surrogate");
        this.champions = new Champions(championMeters::serves);
        ReleaseLoader loader =
                new ReleaseLoader(ModelArtifacts.at(settings.kafka(), topics, settings.keys()), predictor);
        this.follower = ReleaseFollower.at(settings.kafka(), topics, loader, champions);
        BandAdjustments adjustments = new BandAdjustments();
        this.bands = new TopicFollower("surrogate-bands", settings.kafka());
        bands.follow(topics.bands, (adjustment, received) -> adjustments.take(adjustment));
        this.loop = new BatchLoop<>(
                new BatchLoop.Settings(
                        topics.prefix() + "surrogate",
                        settings.kafka(),
                        settings.instance(),
                        PREDICTIONS_PER_POLL * predictor.largestBatch(),
                        MOST_BATCHES),
                List.of(SurrogateRequest.inlet(topics.stimuli, settings.limits())),
                new SurrogateStage(topics, champions, adjustments, settings.largestError(), Clock.systemUTC()),
                new StageMeters(meters, "surrogate", Clock.systemUTC()));
        championMeters.swaps("served", champions, Champions::swaps);
        championMeters.swaps("refused", follower, ReleaseFollower::refused);
        this.releasesThread = new WatchedThread("surrogate-releases", follower);
        this.bandsThread = new WatchedThread("surrogate-bands", bands);
        this.stageThread = new WatchedThread("surrogate", this::answer);
    }

    public void start() {
        releasesThread.start();
        bandsThread.start();
        stageThread.start();
    }

    /** True while partitions are assigned, both threads run and the releases of the start are loaded. */
    public boolean isReady() {
        return follower.isReady() && loop.isReady() && releasesThread.isAlive() && stageThread.isAlive();
    }

    /** What ended a thread that should run; then the process is to be stopped and started again. */
    public Optional<Throwable> failure() {
        return releasesThread.failure().or(bandsThread::failure).or(stageThread::failure);
    }

    /** Release in service per cell model. */
    public Map<String, ModelRelease> releases() {
        return champions.releases();
    }

    /** Champions put into service so far. */
    public long swaps() {
        return champions.swaps();
    }

    /** Releases refused so far. */
    public long refusedReleases() {
        return follower.refused();
    }

    /** Finishes the batch in hand. */
    @Override
    public void close() {
        follower.stop();
        bands.stop();
        releasesThread.join(LONGEST_STOP);
        bandsThread.join(LONGEST_STOP);
        loop.stop();
        stageThread.join(LONGEST_STOP);
        LOG.info("surrogate stopped after {} champions, {} releases refused", swaps(), refusedReleases());
    }

    private void answer() {
        try {
            if (follower.awaitReady()) {
                loop.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            champions.close();
        }
    }
}
