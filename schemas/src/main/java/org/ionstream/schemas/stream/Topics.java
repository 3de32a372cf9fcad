package org.ionstream.schemas.stream;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.ionstream.schemas.message.AuditRequest;
import org.ionstream.schemas.message.BandAdjustment;
import org.ionstream.schemas.message.Command;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.message.TrainingReport;
import org.ionstream.schemas.message.Trial;
import org.ionstream.schemas.message.TrialResult;
import org.ionstream.schemas.registry.SchemaRegistry;
import org.ionstream.schemas.wire.AvroWire;

/** Every topic of an installation, each with its message class. Topics are created here and nowhere else. */
public final class Topics {
    public static final String DEFAULT_PREFIX = "ionstream.";

    private static final String PROTOCOL_ID = "protocol id";
    private static final String CELL_MODEL = "cell model";
    private static final String STUDY_TRIAL = "study/trial";
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
    private static final long GIB = 1L << 30;
    private static final int ADMIN_TIMEOUT_S = 30;
    private static final int LOOK_MS = 50;

    public final Topic<StimulusProtocol> stimuli;
    public final Topic<Prediction> predictions;
    public final Topic<AuditRequest> audits;
    public final Topic<ReferenceSolution> references;
    public final Topic<Discrepancy> discrepancies;
    public final Topic<DriftReport> drift;
    public final Topic<Command> commands;
    public final Topic<CommandResult> commandResults;
    public final Topic<TrainingReport> training;
    public final Topic<ModelRelease> models;
    public final Topic<Trial> trials;
    public final Topic<TrialResult> trialResults;
    public final Topic<BandAdjustment> bands;

    /** ONNX bytes as they are, in chunks; key SHA-256/chunk number; one partition. */
    public final String modelArtifacts;

    private final String prefix;
    private final Optional<SchemaRegistry> registry;

    /** Of an installation without a schema registry. */
    public Topics(String prefix) {
        this(prefix, Optional.empty());
    }

    /** @param registry that has the schemas of the messages; empty: none */
    public Topics(String prefix, Optional<SchemaRegistry> registry) {
        this.prefix = prefix;
        this.registry = registry;
        stimuli = joined("stimuli.v1", PROTOCOL_ID, StimulusProtocol.class, 3 * DAY_MS, 4 * GIB);
        predictions = joined("predictions.v1", PROTOCOL_ID, Prediction.class, 3 * DAY_MS, 8 * GIB);
        audits = joined("audits.v1", PROTOCOL_ID, AuditRequest.class, 3 * DAY_MS, 4 * GIB);
        references = joined("references.v1", PROTOCOL_ID, ReferenceSolution.class, 21 * DAY_MS, 8 * GIB);
        discrepancies = joined("discrepancies.v1", PROTOCOL_ID, Discrepancy.class, 21 * DAY_MS, 4 * GIB);
        drift = single("drift.v1", CELL_MODEL, DriftReport.class);
        commands = single("commands.v1", CELL_MODEL, Command.class);
        commandResults = single("command-results.v1", "command id", CommandResult.class);
        training = single("training.v1", "run id", TrainingReport.class);
        models = compacted("models.v1", "cell model/alias", ModelRelease.class);
        bands = compacted("bands.v1", "model id", BandAdjustment.class);
        trials = joined("trials.v1", STUDY_TRIAL, Trial.class, 21 * DAY_MS, GIB);
        trialResults = single("trial-results.v1", STUDY_TRIAL, TrialResult.class);
        modelArtifacts = prefix + "model-artifacts.v1";
    }

    public static Topics standard() {
        return new Topics(DEFAULT_PREFIX);
    }

    public String prefix() {
        return prefix;
    }

    public Optional<SchemaRegistry> registry() {
        return registry;
    }

    /**
     * Has the schema registry take the schemas of all topics, if there is a registry.
     *
     * @throws org.ionstream.schemas.registry.RegistryException if it does not answer, or does not take one
     */
    public void register() {
        all().forEach(topic -> topic.wire().register());
    }

    public List<Topic<?>> all() {
        return List.of(
                stimuli,
                predictions,
                audits,
                references,
                discrepancies,
                drift,
                commands,
                commandResults,
                training,
                models,
                bands,
                trials,
                trialResults);
    }

    /**
     * Creates what is missing and checks what is there.
     *
     * @throws IllegalStateException if topics that are joined have unequal partition counts
     */
    public void create(Admin admin, int partitions, short replication) {
        Set<String> joined = joined();
        List<NewTopic> wanted = configurations().entrySet().stream()
                .map(topic -> new NewTopic(
                                topic.getKey(), joined.contains(topic.getKey()) ? partitions : 1, replication)
                        .configs(topic.getValue()))
                .toList();
        for (var creation : admin.createTopics(wanted).values().entrySet()) {
            try {
                answer(creation.getValue(), "no answer to the creation of topic " + creation.getKey());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new IllegalStateException("cannot create topic " + creation.getKey(), e.getCause());
                }
            }
        }
        Map<String, Integer> counts = awaitSeen(admin);
        check(counts);
        awaitLeaders(admin, counts);
    }

    /** Kafka settings of every topic, by its name. */
    public Map<String, Map<String, String>> configurations() {
        Map<String, Map<String, String>> configurations = new LinkedHashMap<>();
        for (Topic<?> topic : all()) {
            configurations.put(topic.name(), topic.configuration());
            configurations.put(topic.deadLetters(), deadLettersKept());
        }
        configurations.put(modelArtifacts, Map.of("cleanup.policy", "compact"));
        return configurations;
    }

    /** Topics that must have equal partition counts. */
    public Set<String> joined() {
        return all().stream().filter(Topic::partitioned).map(Topic::name).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The controller has created them; the broker that answers may learn of it a little later.
     *
     * @return partitions by topic
     */
    private Map<String, Integer> awaitSeen(Admin admin) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ADMIN_TIMEOUT_S);
        Map<String, Integer> counts = partitionCounts(admin);
        while (counts.size() < names().count() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MS));
            counts = partitionCounts(admin);
        }
        return counts;
    }

    /**
     * A partition is seen before its leader takes records. An idempotent producer whose first batch comes too early may be
     * left with a later one that is out of sequence until it expires; a leader that tells its end is ready.
     */
    private static void awaitLeaders(Admin admin, Map<String, Integer> counts) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        counts.forEach((topic, partitions) -> IntStream.range(0, partitions)
                .forEach(partition -> ends.put(new TopicPartition(topic, partition), OffsetSpec.latest())));
        try {
            answer(admin.listOffsets(ends).all(), "no answer from the leaders of the partitions");
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "the partitions have no leaders: " + e.getCause().getMessage(), e);
        }
    }

    /** @throws IllegalStateException if a topic is missing or joined topics have unequal partition counts */
    public void check(Admin admin) {
        check(partitionCounts(admin));
    }

    private void check(Map<String, Integer> counts) {
        List<String> missing = names().filter(name -> !counts.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("topics missing: %s; create them first".formatted(missing));
        }
        Map<String, Integer> counted = new TreeMap<>(counts);
        counted.keySet().retainAll(joined());
        if (Set.copyOf(counted.values()).size() > 1) {
            throw new IllegalStateException(
                    "joined topics must have equal partition counts, found %s; recreate the odd ones"
                            .formatted(counted));
        }
    }

    /** Of those topics that are there, by name. */
    public Map<String, Integer> partitionCounts(Admin admin) {
        Map<String, Integer> counts = new TreeMap<>();
        for (var description :
                admin.describeTopics(names().toList()).topicNameValues().entrySet()) {
            try {
                TopicDescription topic =
                        answer(description.getValue(), "no answer from the broker about topic " + description.getKey());
                counts.put(topic.name(), topic.partitions().size());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw new IllegalStateException(
                            "cannot describe topic %s: %s"
                                    .formatted(
                                            description.getKey(), e.getCause().getMessage()),
                            e);
                }
            }
        }
        return counts;
    }

    /**
     * Waits for what the broker says, with a limit.
     *
     * @throws IllegalStateException if it says nothing in that time
     * @throws ExecutionException what it refuses
     */
    private static <T> T answer(KafkaFuture<T> future, String orElse) throws ExecutionException {
        try {
            return future.get(ADMIN_TIMEOUT_S, TimeUnit.SECONDS);
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(orElse, e);
        }
    }

    public Stream<String> names() {
        return configurations().keySet().stream();
    }

    /** For the log at start. */
    @Override
    public String toString() {
        return "Topics[prefix=%s%s]"
                .formatted(prefix, registry.map(known -> ", " + known).orElse(""));
    }

    private <T extends SpecificRecord> Topic<T> joined(
            String name, String key, Class<T> message, long keptMs, long keptBytes) {
        return new Topic<>(prefix + name, key, wire(name, message), true, kept(keptMs, keptBytes));
    }

    private <T extends SpecificRecord> Topic<T> compacted(String name, String key, Class<T> message) {
        return new Topic<>(prefix + name, key, wire(name, message), false, Map.of("cleanup.policy", "compact"));
    }

    private <T extends SpecificRecord> Topic<T> single(String name, String key, Class<T> message) {
        return new Topic<>(prefix + name, key, wire(name, message), false, kept(21 * DAY_MS, GIB));
    }

    private <T extends SpecificRecord> AvroWire<T> wire(String name, Class<T> message) {
        return registry.map(known -> new AvroWire<>(message, known, Topic.subject(prefix + name)))
                .orElseGet(() -> new AvroWire<>(message));
    }

    /** Wider than the topic itself: a record of the largest size comes with headers. */
    private static Map<String, String> deadLettersKept() {
        Map<String, String> configuration = new TreeMap<>(kept(21 * DAY_MS, GIB));
        configuration.put("max.message.bytes", Integer.toString(KafkaSettings.LARGEST_RECORD_BYTES));
        return configuration;
    }

    private static Map<String, String> kept(long ms, long bytesPerPartition) {
        return Map.of("retention.ms", Long.toString(ms), "retention.bytes", Long.toString(bytesPerPartition));
    }
}
