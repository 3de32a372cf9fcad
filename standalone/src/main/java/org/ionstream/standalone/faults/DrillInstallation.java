package org.ionstream.standalone.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.broker.Answers;
import org.ionstream.standalone.broker.EmbeddedBroker;
import org.ionstream.surrogate.model.ModelPublisher;
import org.ionstream.surrogate.model.ReleaseKeys;
import org.ionstream.trainer.release.BundledChampions;

/** A broker, surrogates and references in processes of their own. Not thread-safe. */
final class DrillInstallation implements AutoCloseable {
    static final Duration LONGEST_WAIT = Duration.ofMinutes(4);
    static final int SESSION_TIMEOUT_MS = 6_000;

    private static final int PARTITIONS = 4;

    private final Path directory;
    private final double auditShare;
    private final int port = EmbeddedBroker.freePort();
    private final Topics topics = Topics.standard();
    private final KafkaSettings kafka = KafkaSettings.at("localhost:" + port);
    private final StageProcesses processes;

    /** @param directory of the broker's log and the processes' logs */
    DrillInstallation(Path directory, double auditShare) {
        this.directory = directory;
        this.auditShare = auditShare;
        this.processes = new StageProcesses(directory);
    }

    /** With topics and a champion of this cell model, which nobody serves yet. */
    void begin(CellModel cellModel) throws InterruptedException {
        startBroker();
        try (Admin admin = Admin.create(kafka.common())) {
            topics.create(admin, PARTITIONS, (short) 1);
        }
        try (ModelPublisher publisher = ModelPublisher.at(kafka, topics, ReleaseKeys.NONE, "drill")) {
            publisher.publish(BundledChampions.of(cellModel).orElseThrow());
        }
    }

    Topics topics() {
        return topics;
    }

    KafkaSettings kafka() {
        return kafka;
    }

    /** To be ended. */
    StageProcesses processes() {
        return processes;
    }

    void startBroker() throws InterruptedException {
        processes.start("broker", List.of(), "broker", "--state=" + directory.resolve("broker"), "--port=" + port);
        await("the broker", this::isAnswering);
    }

    /** @param options of the virtual machine */
    void startSurrogate(String name, String... options) {
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

    void startReference(String name) {
        processes.start(
                name,
                List.of(),
                "reference",
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--instance=" + name,
                "--audit-share=" + auditShare,
                "--kafka-config=session.timeout.ms=" + SESSION_TIMEOUT_MS);
    }

    /**
     * Freezes a process until the broker has given its partitions to the others, and lets it go on: what it then sends of the
     * work it had in hand is fenced. Returns when it has joined again.
     *
     * @param group of its stage
     * @param all processes of that stage
     */
    void freezeUntilExpelled(String name, String group, int all) throws InterruptedException {
        awaitMembers(group, all);
        processes.freeze(name);
        await(name + " to be expelled from " + group, () -> members(group) < all);
        processes.goOn(name);
        await(name + " to join " + group + " again", () -> members(group) == all);
    }

    /** @param all processes of a stage */
    void awaitMembers(String group, int all) throws InterruptedException {
        await("all of " + group + " to have joined", () -> members(group) == all);
    }

    /** Behind the last record of each partition, also those of open transactions. */
    Map<TopicPartition, Long> ends(String topic) {
        try (Admin admin = Admin.create(kafka.common())) {
            int partitions = topics.partitionCounts(admin).get(topic);
            Map<TopicPartition, OffsetSpec> wanted = IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
            var found = Answers.of(admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                    .all());
            return found.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().offset()));
        }
    }

    /** @throws IllegalStateException after a time in which it should have become true */
    void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "waited %s for %s; see the logs in %s".formatted(LONGEST_WAIT, what, directory));
            }
            Thread.sleep(20);
        }
    }

    private int members(String group) {
        try (Admin admin = Admin.create(kafka.common())) {
            return Answers.of(admin.describeConsumerGroups(List.of(group)).all())
                    .get(group)
                    .members()
                    .size();
        } catch (GroupIdNotFoundException e) {
            return 0; // nobody has joined yet
        }
    }

    private boolean isAnswering() {
        try (Admin admin = Admin.create(kafka.common())) {
            return !Answers.of(admin.describeCluster().nodes()).isEmpty();
        } catch (KafkaException e) {
            return false; // not yet
        }
    }

    @Override
    public void close() {
        processes.close();
    }
}
