package org.ionstream.trainer.retraining;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.Command;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.Provenance;
import org.ionstream.schemas.operation.StageMeters;
import org.ionstream.schemas.stream.BatchLoop;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.TopicFollower;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.stream.WatchedThread;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.model.ModelArtifacts;
import org.ionstream.surrogate.model.ModelPublisher;
import org.ionstream.surrogate.model.ReleaseKeys;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.drift.DriftSettings;
import org.ionstream.trainer.drift.DriftTopology;
import org.ionstream.trainer.release.BundledChampions;
import org.ionstream.trainer.release.Recipe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trainer: the discrepancy join and the drift watch (Kafka Streams), the ledger, the commands and the retraining thread.
 * One per installation; a second one fences the first when it releases a model.
 */
public final class Trainer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(20);
    private static final int COMMANDS_PER_BATCH = 16;

    /**
     * @param kafka the broker
     * @param topics of the installation
     * @param stateDirectory of Kafka Streams
     * @param cellModels to train
     * @param drift when errors count as drift
     * @param retraining when and how to train
     * @param keys that sign releases, and whose releases are champions
     * @param serving how challengers are run when they are examined
     * @param revision of the code, for the provenance
     */
    public record Settings(
            KafkaSettings kafka,
            Topics topics,
            Path stateDirectory,
            List<CellModel> cellModels,
            DriftSettings drift,
            RetrainingSettings retraining,
            ReleaseKeys keys,
            FnoPredictor.Settings serving,
            String revision) {

        @Override
        public String toString() {
            return "%s, %s, stateDirectory=%s, cellModels=%s, %s, %s, %s, serving=%s, revision=%s"
                    .formatted(
                            kafka,
                            topics,
                            stateDirectory,
                            cellModels.stream().map(CellModel::id).toList(),
                            drift,
                            retraining,
                            keys,
                            serving,
                            revision);
        }
    }

    private final Settings settings;
    private final KafkaStreams streams;
    private final Ledger ledger;
    private final KafkaProducer<byte[], byte[]> reports;
    private final ModelPublisher publisher;
    private final BatchLoop<Command> commands;
    private final WatchedThread ledgerThread;
    private final WatchedThread commandsThread;
    private final WatchedThread retrainerThread;
    private final WatchedThread ordersThread;
    private final WatchedThread studiesThread;
    private final TopicFollower meters;
    private final WatchedThread metersThread;
    private final KafkaStreamsMetrics streamsMeters;

    /** @param registry of the process's measurements */
    public Trainer(Settings settings, MeterRegistry registry) {
        LOG.info("trainer with {}", settings);
        this.settings = settings;
        Topics topics = settings.topics();
        this.streams = new KafkaStreams(new DriftTopology(topics, settings.drift()).build(), streamsSettings(settings));
        streams.setUncaughtExceptionHandler(e -> {
            LOG.warn("a stream thread ended, another takes its place", e);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        this.ledger = new Ledger(
                settings.kafka(),
                topics,
                settings.cellModels(),
                settings.keys(),
                settings.retraining().replayedReferences());
        this.reports = new KafkaProducer<>(settings.kafka().producer());
        this.publisher = ModelPublisher.at(settings.kafka(), topics, settings.keys(), "trainer");
        this.commands = new BatchLoop<>(
                new BatchLoop.Settings(
                        topics.prefix() + "trainer-commands", settings.kafka(), "0", COMMANDS_PER_BATCH, 1),
                List.of(CommandStage.inlet(topics.commands)),
                new CommandStage(
                        topics,
                        settings.cellModels().stream().map(CellModel::id).collect(Collectors.toSet()),
                        ledger::of),
                new StageMeters(registry, "trainer", Clock.systemUTC()));
        Consumer<Outgoing> send = report -> reports.send(report.toRecord());
        ModelArtifacts artifacts = ModelArtifacts.at(settings.kafka(), topics, settings.keys());
        Retrainer retrainer = new Retrainer(
                topics,
                settings.cellModels(),
                ledger,
                new RetrainingPolicy(settings.retraining()),
                new RetrainingRun(
                        settings.retraining(), ReferenceLabels.standard(), settings.serving(), settings.revision()),
                new Probation(settings.retraining().probation(), artifacts::fetch, settings.serving()),
                new TrainingJournal(settings.stateDirectory().resolve("trainings")),
                artifacts,
                publisher,
                send);
        this.meters = new TrainerMeters(registry, settings.cellModels()).follower(settings.kafka(), topics);
        this.metersThread = new WatchedThread("trainer-meters", meters);
        this.streamsMeters = new KafkaStreamsMetrics(streams);
        streamsMeters.bindTo(registry);
        this.ledgerThread = new WatchedThread("trainer-ledger", ledger);
        this.commandsThread = new WatchedThread("trainer-commands", commands);
        this.retrainerThread = new WatchedThread("trainer-retrainer", retrainer);
        ChampionOrders champions = new ChampionOrders(topics, ledger, publisher);
        this.ordersThread = new WatchedThread(
                "trainer-champion-orders",
                new OrderLoop(settings.cellModels(), ledger, ChampionOrders.KINDS, champions::carryOut));
        StudyOrders studies = new StudyOrders(settings.kafka(), topics, publisher::say);
        this.studiesThread = new WatchedThread(
                "trainer-studies", new OrderLoop(settings.cellModels(), ledger, StudyOrders.KINDS, studies::carryOut));
    }

    /** Releases the bundled champions of cell models that have none, and begins. */
    public void start() throws InterruptedException {
        streams.start();
        ledgerThread.start();
        while (!ledger.isCaughtUp()) {
            if (ledgerThread.failure().isPresent()) {
                throw new IllegalStateException(
                        "the ledger ended before it had read the topics",
                        ledgerThread.failure().get());
            }
            Thread.sleep(20);
        }
        settings.cellModels().forEach(this::releaseBundled);
        commandsThread.start();
        retrainerThread.start();
        ordersThread.start();
        studiesThread.start();
        metersThread.start();
    }

    /** The last answer to a command. */
    public Optional<CommandResult> result(String commandId) {
        return ledger.result(commandId);
    }

    /** Puts a command on its topic. */
    public void order(Command command) {
        settings.topics().commands.message(command.getCellModel(), command).deliver(reports);
    }

    public boolean isReady() {
        return streams.state() == KafkaStreams.State.RUNNING && ledger.isCaughtUp() && commands.isReady();
    }

    /** What ended a thread that should run; then the process is to be stopped and started again. */
    public Optional<Throwable> failure() {
        return threads().stream()
                .map(WatchedThread::failure)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private List<WatchedThread> threads() {
        return List.of(ledgerThread, commandsThread, retrainerThread, ordersThread, studiesThread, metersThread);
    }

    @Override
    public void close() {
        commands.stop();
        ledger.stop();
        meters.stop();
        retrainerThread.interrupt();
        ordersThread.interrupt();
        studiesThread.interrupt();
        threads().forEach(thread -> thread.join(LONGEST_CLOSE));
        streamsMeters.close();
        // Leaving the group at once lets the next start take over without waiting for the session to time out.
        streams.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(LONGEST_CLOSE));
        reports.close(LONGEST_CLOSE);
        publisher.close();
    }

    private void releaseBundled(CellModel cellModel) {
        if (ledger.of(cellModel.id()).champion().isPresent()) {
            return;
        }
        Optional<byte[]> onnx = BundledChampions.of(cellModel);
        if (onnx.isEmpty()) {
            LOG.warn("{} has no bundled champion; the reference answers until one is released", cellModel.id());
            return;
        }
        Recipe recipe = Recipe.fromJson(OnnxModelFile.parse(onnx.get()).card().recipe());
        Provenance provenance = Provenance.newBuilder()
                .setParentModelId("")
                .setRecipe(recipe.toJson())
                .setSeed(recipe.training().seed())
                .setBaseProtocols(recipe.baseProtocols())
                .setReplayedReferences(0)
                .setRevision(settings.revision())
                .build();
        publisher.publish(onnx.get(), List.of(), provenance);
    }

    private static Properties streamsSettings(Settings settings) {
        Properties properties = settings.kafka().common();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.topics().prefix() + "trainer-drift");
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory().toString());
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 200);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                KafkaSettings.LARGEST_RECORD_BYTES);
        return properties;
    }
}
