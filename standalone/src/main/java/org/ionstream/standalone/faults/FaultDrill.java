package org.ionstream.standalone.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.protocol.UniformAudit;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.stream.WatchedThread;

/**
 * A stage under load whose parts are processes of their own: fault after fault, and at the end the ids that were sent against those
 * that were answered. Broker, surrogates and references are killed, stopped in an orderly way, frozen; the publisher and the reader
 * are this process.
 */
public final class FaultDrill {
    static final CellModel CELL_MODEL = CellModels.FITZHUGH_NAGUMO_1961;

    private static final double AUDIT_SHARE = 0.3;
    /** Protocols before the first fault. */
    private static final int QUIET = 100;

    /** Nobody notices before the session timeout that a member is dead: what it holds up belongs to the fault. */
    private static final long HELD_UP_MS = DrillInstallation.SESSION_TIMEOUT_MS + 1_000;

    /** Of a transaction in the middle of the stream. */
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
    private final Consumer<String> progress;
    private final DrillInstallation installation;
    private final Load load;
    private final Arrivals predictions;
    private final Arrivals references;

    /** @param directory of the broker's and the processes' logs, made if it is not there */
    public FaultDrill(Settings settings, Path directory, Consumer<String> progress) throws IOException {
        this.settings = settings;
        this.progress = progress;
        this.installation = new DrillInstallation(Files.createDirectories(directory), AUDIT_SHARE);
        this.load = new Load(installation, settings.protocols(), settings.perSecond());
        Topics topics = installation.topics();
        this.predictions = arrivals(topics.predictions);
        this.references = arrivals(topics.references);
    }

    private Arrivals arrivals(Topic<?> topic) {
        return new Arrivals(installation.kafka(), topic.name(), load.publishedNs());
    }

    public FaultReport run() throws InterruptedException {
        try (installation) {
            installation.begin(CELL_MODEL);
            installation.startSurrogate("surrogate-1");
            installation.startSurrogate("surrogate-2");
            installation.startReference("reference-1");
            installation.startReference("reference-2");
            awaitAllStages();
            List<WatchedThread> threads = List.of(
                    new WatchedThread("predictions", predictions),
                    new WatchedThread("references", references),
                    new WatchedThread("load", load));
            threads.forEach(WatchedThread::start);
            List<FaultReport.Fault> faults;
            try {
                faults = faults();
            } finally {
                load.mayEnd();
            }
            threads.get(2).join(DrillInstallation.LONGEST_WAIT);
            Set<String> published = load.publishedNs().keySet();
            installation.await("all protocols to be sent", () -> load.sent() == published.size());
            Set<String> audited = audited(published);
            settle(predictions, published);
            settle(references, audited);
            predictions.stop();
            references.stop();
            threads.forEach(thread -> thread.join(DrillInstallation.LONGEST_WAIT));
            return new FaultReport(faults, predictions.tally(published), references.tally(audited));
        }
    }

    private List<FaultReport.Fault> faults() throws InterruptedException {
        List<FaultReport.Fault> happened = new ArrayList<>();
        installation.await("the first answers", () -> predictions.ids() >= QUIET);
        Set<String> quiet = Set.copyOf(load.publishedNs().keySet());
        installation.await("all of them", () -> predictions.haveAll(quiet) && references.haveAll(audited(quiet)));
        for (Named named : all().subList(0, Math.min(settings.faults(), all().size()))) {
            progress.accept("%s, after %,d protocols".formatted(named.title(), load.sent()));
            predictions.forgetWaits();
            references.forgetWaits();
            named.fault().happen();
            Thread.sleep(HELD_UP_MS);
            awaitAllStages();
            Set<String> published = Set.copyOf(load.publishedNs().keySet());
            Set<String> audited = audited(published);
            installation.await(
                    "what was published to be answered",
                    () -> predictions.haveAll(published) && references.haveAll(audited));
            happened.add(new FaultReport.Fault(
                    named.title(), predictions.longestWaitSeconds(), references.longestWaitSeconds()));
        }
        return happened;
    }

    private void awaitAllStages() throws InterruptedException {
        installation.awaitMembers(installation.topics().prefix() + "surrogate", 2);
        installation.awaitMembers(installation.topics().prefix() + "reference", 2);
    }

    private List<Named> all() {
        StageProcesses processes = installation.processes();
        String prefix = installation.topics().prefix();
        return List.of(
                new Named("surrogate killed (SIGKILL) in mid-stream", () -> {
                    processes.kill("surrogate-1");
                    installation.startSurrogate("surrogate-1");
                }),
                new Named("surrogate killed, its answers sent and not committed", this::killBeforeTheCommit),
                new Named("broker killed (SIGKILL) and started again", () -> {
                    processes.kill("broker");
                    installation.startBroker();
                }),
                new Named("reference killed (SIGKILL)", () -> {
                    processes.kill("reference-1");
                    installation.startReference("reference-1");
                }),
                new Named("surrogate told to stop (SIGTERM), started again", () -> {
                    processes.terminate("surrogate-2");
                    installation.startSurrogate("surrogate-2");
                }),
                new Named(
                        "surrogate frozen (SIGSTOP) until expelled, then let go on",
                        () -> installation.freezeUntilExpelled("surrogate-1", prefix + "surrogate", 2)),
                new Named("a third surrogate joins and leaves", () -> {
                    installation.startSurrogate("surrogate-3");
                    Thread.sleep(DrillInstallation.SESSION_TIMEOUT_MS);
                    processes.terminate("surrogate-3");
                }),
                new Named(
                        "reference frozen (SIGSTOP) until expelled, then let go on",
                        () -> installation.freezeUntilExpelled("reference-2", prefix + "reference", 2)));
    }

    /** The broker has the records of an open transaction; whoever takes over must abort it and answer once more. */
    private void killBeforeTheCommit() throws InterruptedException {
        installation.processes().terminate("surrogate-2");
        installation.startSurrogate(
                "surrogate-2",
                "-Dkill.at.acknowledgement=" + installation.topics().predictions.name(),
                "-Dkill.after=" + RECORDS_BEFORE_THE_KILL);
        installation.processes().awaitEnd("surrogate-2");
        installation.startSurrogate("surrogate-2");
    }

    /** Until all have come, which the lost never do; and no transaction is open any more, so that nothing comes twice later. */
    private void settle(Arrivals arrivals, Set<String> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + DrillInstallation.LONGEST_WAIT.toNanos();
        while (!arrivals.haveAll(wanted) && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        installation.await(
                "the end of " + arrivals.topic(), () -> arrivals.isBehind(installation.ends(arrivals.topic())));
    }

    private static Set<String> audited(Set<String> published) {
        return published.stream()
                .filter(id -> UniformAudit.covers(id, AUDIT_SHARE))
                .collect(Collectors.toSet());
    }
}
