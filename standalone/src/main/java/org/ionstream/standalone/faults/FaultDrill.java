package org.ionstream.standalone.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.protocol.UniformAudit;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.stream.WatchedThread;
import org.ionstream.standalone.broker.EmbeddedBroker;
import org.ionstream.surrogate.model.ModelPublisher;
import org.ionstream.surrogate.model.ReleaseKeys;
import org.ionstream.trainer.release.BundledChampions;

/**
 * A stream under load whose parts are processes of their own: fault after fault, and at the end the ids that were sent against those
 * that were answered. Broker, surrogates and references are killed, stopped in an orderly way, frozen; the publisher and the reader
 * are this process.
 */
public final class FaultDrill {
    static final CellModel CELL_MODEL = CellModels.FITZHUGH_NAGUMO_1961;
    private static final double AUDIT_SHARE = 0.3;
    private static final int PARTITIONS = 4;
    private static final int SESSION_TIMEOUT_MS = 6_000;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(4);
    private static final long LOOK_NS = 20_000_000;
    /** Protocols before the first fault. */
    private static final int QUIET = 100;

    /** Of a batch in the middle of the stream. */
    private static final int RECORDS_BEFORE_THE_KILL = 200;

    /** One fault; returns when what was ended runs again. */
    @FunctionalInterface
    private interface Fault {
        void happen() throws InterruptedException;
    }

    private record Named(String title, Fault fault) {}

    /**
     * @param protocols sent at least; they go on until the last fault is over
     * @param perSecond of them
     * @param faults the first so many of those there are
     */
    public record Settings(int protocols, double perSecond, int faults) {
        public Settings {
            if (protocols < 100 || !(perSecond > 0) || faults < 1) {
                throw new IllegalArgumentException(
                        "%d protocols, %s a second, %d faults; take 100 at least, and 1 fault"
                                .formatted(protocols, perSecond, faults));
            }
        }
    }

    private final Settings settings;
    private final Path directory;
    private final Consumer<String> progress;
    private final int port = EmbeddedBroker.freePort();
    private final Topics topics = Topics.standard();
    private final KafkaSettings kafka = KafkaSettings.at("localhost:" + port);
    private final Load load;
    private StageProcesses processes;

    /** @param directory of the broker's and the processes' logs, made if it is not there */
    public FaultDrill(Settings settings, Path directory, Consumer<String> progress) throws IOException {
        this.settings = settings;
        this.directory = Files.createDirectories(directory);
        this.progress = progress;
        this.load = new Load(kafka, topics, settings.protocols(), settings.perSecond(), LONGEST_WAIT);
    }

    public FaultReport run() throws InterruptedException {
        try (StageProcesses started = new StageProcesses(directory)) {
            processes = started;
            startBroker();
            createTopics();
            release();
            startSurrogate("surrogate-1");
            startSurrogate("surrogate-2");
            startReference("reference-1");
            startReference("reference-2");
            Arrivals predictions = new Arrivals(kafka, topics.predictions.name(), load.publishedNs());
            Arrivals references = new Arrivals(kafka, topics.references.name(), load.publishedNs());
            List<WatchedThread> threads = List.of(
                    new WatchedThread("predictions", predictions),
                    new WatchedThread("references", references),
                    new WatchedThread("load", load));
            threads.forEach(WatchedThread::start);
            List<FaultReport.Fault> faults;
            try {
                faults = faults(predictions);
            } finally {
                load.mayEnd();
            }
            threads.get(2).join(LONGEST_WAIT);
            Set<String> published = load.publishedNs().keySet();
            await("all protocols to be sent", () -> load.sent() == published.size());
            Set<String> audited = published.stream()
                    .filter(id -> UniformAudit.covers(id, AUDIT_SHARE))
                    .collect(Collectors.toSet());
            settle(predictions, published.size());
            settle(references, audited.size());
            predictions.stop();
            references.stop();
            threads.forEach(thread -> thread.join(LONGEST_WAIT));
            return report(faults, predictions.timesById(), audited, references.timesById());
        }
    }

    private List<FaultReport.Fault> faults(Arrivals predictions) throws InterruptedException {
        List<FaultReport.Fault> happened = new ArrayList<>();
        await("the first answers", () -> predictions.ids() >= QUIET);
        for (Named named : all().subList(0, Math.min(settings.faults(), all().size()))) {
            progress.accept("%s, after %,d protocols".formatted(named.title(), load.sent()));
            predictions.forgetWaits();
            named.fault().happen();
            long published = load.sent();
            await("what was published to be answered", () -> predictions.ids() >= published);
            happened.add(new FaultReport.Fault(named.title(), predictions.longestWaitSeconds()));
        }
        return happened;
    }

    private List<Named> all() {
        return List.of(
                new Named("surrogate killed (SIGKILL) in mid-stream", () -> {
                    processes.kill("surrogate-1");
                    startSurrogate("surrogate-1");
                }),
                new Named("surrogate killed while it sends a transaction", this::killWhileSending),
                new Named("broker killed (SIGKILL) and started again", () -> {
                    processes.kill("broker");
                    startBroker();
                }),
                new Named("reference killed (SIGKILL)", () -> {
                    processes.kill("reference-1");
                    startReference("reference-1");
                }),
                new Named("surrogate told to stop (SIGTERM), started again", () -> {
                    processes.terminate("surrogate-2");
                    startSurrogate("surrogate-2");
                }),
                new Named("surrogate frozen (SIGSTOP) beyond its session, then let go on", () -> {
                    processes.freeze("surrogate-1");
                    Thread.sleep(2L * SESSION_TIMEOUT_MS);
                    processes.goOn("surrogate-1");
                }),
                new Named("a third surrogate joins and leaves", () -> {
                    startSurrogate("surrogate-3");
                    Thread.sleep(SESSION_TIMEOUT_MS);
                    processes.terminate("surrogate-3");
                }),
                new Named("reference frozen (SIGSTOP) beyond its session, then let go on", () -> {
                    processes.freeze("reference-2");
                    Thread.sleep(2L * SESSION_TIMEOUT_MS);
                    processes.goOn("reference-2");
                }));
    }

    private void killWhileSending() throws InterruptedException {
        processes.terminate("surrogate-2");
        startSurrogate(
                "surrogate-2",
                "-Dkill.at.send=" + topics.predictions.name(),
                "-Dkill.after=" + RECORDS_BEFORE_THE_KILL);
        processes.awaitEnd("surrogate-2");
        startSurrogate("surrogate-2");
    }

    private void startBroker() throws InterruptedException {
        processes.start("broker", List.of(), "broker", "--state=" + directory.resolve("broker"), "--port=" + port);
        await("the broker", this::isAnswering);
    }

    private boolean isAnswering() {
        try (Admin admin = Admin.create(kafka.common())) {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException | KafkaException e) {
            return false; // not yet
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while the broker starts", e);
        }
    }

    private void createTopics() {
        try (Admin admin = Admin.create(kafka.common())) {
            topics.create(admin, PARTITIONS, (short) 1);
        }
    }

    private void release() {
        try (ModelPublisher publisher = ModelPublisher.at(kafka, topics, ReleaseKeys.NONE, "drill")) {
            publisher.publish(BundledChampions.of(CELL_MODEL).orElseThrow());
        }
    }

    private void startSurrogate(String name, String... options) {
        processes.start(
                name,
                List.of(options),
                "surrogate",
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--instance=" + name,
                "--device=cpu",
                "--threads=1",
                "--allow-unsigned",
                "--kafka-config=session.timeout.ms=" + SESSION_TIMEOUT_MS,
                "--kafka-config=interceptor.classes=" + KillPoint.class.getName());
    }

    private void startReference(String name) {
        processes.start(
                name,
                List.of(),
                "reference",
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--instance=" + name,
                "--audit-share=" + AUDIT_SHARE,
                "--kafka-config=session.timeout.ms=" + SESSION_TIMEOUT_MS);
    }

    /** Until all have come; what is lost never does, which the report says. */
    private static void settle(Arrivals arrivals, int wanted) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (arrivals.ids() < wanted && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_NS);
        }
        LockSupport.parkNanos(Duration.ofSeconds(2).toNanos()); // for one that would come twice
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "waited %s for %s; see the logs in %s".formatted(LONGEST_WAIT, what, directory));
            }
            Thread.sleep(20);
        }
    }

    private FaultReport report(
            List<FaultReport.Fault> faults,
            Map<String, Integer> predicted,
            Set<String> audited,
            Map<String, Integer> solved) {
        Set<String> published = load.publishedNs().keySet();
        return new FaultReport(
                published.size(),
                faults,
                published.stream().filter(id -> !predicted.containsKey(id)).count(),
                predicted.values().stream().filter(times -> times > 1).count(),
                audited.size(),
                audited.stream().filter(id -> !solved.containsKey(id)).count(),
                solved.values().stream().filter(times -> times > 1).count());
    }
}
