package org.ionstream.standalone.run;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.ionstream.producer.ProtocolPublisher;
import org.ionstream.reference.Reference;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.operation.Health;
import org.ionstream.schemas.operation.HttpEndpoint;
import org.ionstream.schemas.operation.Meters;
import org.ionstream.schemas.protocol.ProtocolLimits;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.stream.WatchedThread;
import org.ionstream.standalone.activity.Activity;
import org.ionstream.standalone.activity.ActivityWatch;
import org.ionstream.standalone.activity.TopicTail;
import org.ionstream.standalone.broker.EmbeddedBroker;
import org.ionstream.standalone.page.Dashboard;
import org.ionstream.standalone.page.SameHost;
import org.ionstream.standalone.page.StatusPage;
import org.ionstream.surrogate.Surrogate;
import org.ionstream.surrogate.model.ReleaseKeys;
import org.ionstream.trainer.retraining.Trainer;

/**
 * Broker, topics, trainer, surrogate, reference, status page and a publisher of protocols in one process, started in this
 * order and closed in the opposite one.
 */
public final class Simulator implements AutoCloseable {
    /** Of the code, for the provenance of models. */
    public static final String REVISION = "0.1.0";

    private static final int PARTITIONS = 4;
    private static final int REFERENCE_BATCH = 64;
    private static final int MOST_IN_FLIGHT = 1_000;
    private static final long LONGEST_START_S = 120;
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    private final SimulatorSettings settings;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final List<Supplier<Optional<Throwable>>> parts = new CopyOnWriteArrayList<>();
    private final ActivityWatch watch = new ActivityWatch();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<BooleanSupplier> readiness = new CopyOnWriteArrayList<>();
    private volatile ProtocolPublisher publisher;
    private HttpEndpoint endpoint;
    private Meters meters;
    private KafkaSettings kafka;

    public Simulator(SimulatorSettings settings) {
        this.settings = settings;
    }

    /** @throws IllegalStateException with the remedy, if something cannot start; what had started is closed */
    public void start() throws InterruptedException {
        try {
            startAll();
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    private void startAll() throws InterruptedException {
        startPage();
        EmbeddedBroker broker = running(new EmbeddedBroker(settings.state().resolve("broker"), settings.brokerPort()));
        kafka = KafkaSettings.at(broker.bootstrapServers());
        Topics topics = new Topics(Topics.DEFAULT_PREFIX, settings.registry());
        try (Admin admin = Admin.create(kafka.common())) {
            topics.create(admin, PARTITIONS, (short) 1);
        }
        topics.register();
        tail(topics);
        running(new Dashboard(kafka, topics, this::activity, meters::text)).serveOn(endpoint);
        ReleaseKeys keys = ReleaseKeys.own(settings.state().resolve("keys"));
        startTrainer(topics, keys);
        Surrogate surrogate = running(new Surrogate(
                new Surrogate.Settings(
                        kafka, topics, "0", settings.serving(), settings.largestError(), ProtocolLimits.DEFAULT, keys),
                meters.registry()));
        parts.add(surrogate::failure);
        readiness.add(surrogate::isReady);
        surrogate.start();
        Reference reference = running(new Reference(
                new Reference.Settings(
                        kafka,
                        topics,
                        "0",
                        SolverSettings.AUDIT,
                        settings.drift().auditShare(),
                        REFERENCE_BATCH,
                        Runtime.getRuntime().availableProcessors(),
                        ProtocolLimits.DEFAULT),
                meters.registry()));
        parts.add(reference::failure);
        readiness.add(reference::isReady);
        reference.start();
        await("the surrogate", surrogate::isReady);
        await("the reference", reference::isReady);
        publish(topics);
    }

    /** First and closed last, so that it tells how the start and the stop go on. */
    private void startPage() {
        meters = running(new Meters());
        endpoint = running(new HttpEndpoint(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.pagePort()),
                "choose another port with --page-port"));
        endpoint.route("/", new SameHost(new StatusPage(this::activity)));
        meters.serveOn(endpoint);
        new Health(() -> failure().isEmpty(), () -> publisher != null, this::isReady).serveOn(endpoint);
    }

    private boolean isReady() {
        return publisher != null && readiness.stream().allMatch(BooleanSupplier::getAsBoolean);
    }

    private void startTrainer(Topics topics, ReleaseKeys keys) throws InterruptedException {
        Path streamsState = settings.state().resolve("streams");
        Trainer trainer = running(new Trainer(
                new Trainer.Settings(
                        kafka,
                        topics,
                        streamsState,
                        List.of(settings.cellModel()),
                        settings.drift(),
                        settings.retraining(),
                        keys,
                        settings.serving(),
                        REVISION),
                meters.registry()));
        parts.add(trainer::failure);
        readiness.add(trainer::isReady);
        trainer.start();
        await("the trainer", trainer::isReady);
    }

    private void tail(Topics topics) {
        TopicTail tail = new TopicTail(kafka, topics, watch);
        Thread thread = new Thread(tail, "summary");
        running((AutoCloseable) () -> {
            tail.stop();
            thread.join();
        });
        thread.start();
    }

    private void publish(Topics topics) {
        publisher = new ProtocolPublisher(
                kafka, topics, new ProtocolPublisher.Settings(settings.protocolsPerSecond(), 0, MOST_IN_FLIGHT, true));
        ShiftingProtocols protocols = new ShiftingProtocols(settings, watch);
        long before = ShiftingProtocols.publishedSoFar(kafka, topics);
        WatchedThread thread = new WatchedThread("publisher", () -> publisher.publish(protocols.from(before)));
        parts.add(thread::failure);
        running((AutoCloseable) () -> {
            publisher.stop();
            thread.join(LONGEST_STOP);
            publisher.close();
        });
        thread.start();
    }

    public Activity activity() {
        return watch.now(publisher == null ? 0 : publisher.published());
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    public String pageAddress() {
        return "http://localhost:" + endpoint.port();
    }

    /** What ended a part, if anything did. */
    public Optional<Throwable> failure() {
        return parts.stream()
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> Optional.ofNullable(failure.get()));
    }

    /** The publisher first, the broker last: each stage finishes and commits the batch in hand. */
    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                failure.compareAndSet(null, e);
            }
        }
    }

    private <T extends AutoCloseable> T running(T part) {
        running.push(part);
        return part;
    }

    private static void await(String part, BooleanSupplier ready) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START_S * 1_000_000_000L;
        while (!ready.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "%s was not ready after %d s; see the log above".formatted(part, LONGEST_START_S));
            }
            Thread.sleep(50);
        }
    }
}
