package org.ionstream.standalone.security;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;

/**
 * What one kind of client may do, and nothing besides: one principal for each.
 *
 * @param stage its name
 * @param reads topics
 * @param writes topics
 * @param groups that it consumes in, or beginnings of them
 * @param watched beginnings of groups of others, of which it may see how far they are
 * @param transactions beginnings of its transactional ids
 * @param owned beginnings of topics that it makes for itself; only Kafka Streams does
 */
public record StageRights(
        String stage,
        List<String> reads,
        List<String> writes,
        List<String> groups,
        List<String> watched,
        List<String> transactions,
        List<String> owned) {

    /** Of every stage, of tuning workers, of users and of the page. */
    public static List<StageRights> of(Topics topics) {
        return List.of(
                surrogate(topics),
                reference(topics),
                trainer(topics),
                tuningWorker(topics),
                user(topics),
                dashboard(topics));
    }

    private static StageRights surrogate(Topics topics) {
        return new StageRights(
                "surrogate",
                List.of(topics.stimuli.name(), topics.models.name(), topics.modelArtifacts, topics.bands.name()),
                List.of(
                        topics.predictions.name(),
                        topics.audits.name(),
                        topics.stimuli.deadLetters(),
                        topics.models.deadLetters()),
                List.of(topics.prefix() + "surrogate"),
                List.of(),
                List.of(topics.prefix() + "surrogate-"),
                List.of());
    }

    private static StageRights reference(Topics topics) {
        return new StageRights(
                "reference",
                List.of(topics.stimuli.name(), topics.audits.name()),
                List.of(topics.predictions.name(), topics.references.name(), topics.audits.deadLetters()),
                List.of(topics.prefix() + "reference"),
                List.of(),
                List.of(topics.prefix() + "reference-"),
                List.of());
    }

    private static StageRights trainer(Topics topics) {
        return new StageRights(
                "trainer",
                List.of(
                        topics.predictions.name(),
                        topics.references.name(),
                        topics.discrepancies.name(),
                        topics.drift.name(),
                        topics.commands.name(),
                        topics.commandResults.name(),
                        topics.training.name(),
                        topics.models.name(),
                        topics.modelArtifacts,
                        topics.trials.name(),
                        topics.trials.deadLetters(),
                        topics.trialResults.name()),
                List.of(
                        topics.discrepancies.name(),
                        topics.drift.name(),
                        topics.bands.name(),
                        topics.commands.name(),
                        topics.commandResults.name(),
                        topics.training.name(),
                        topics.models.name(),
                        topics.modelArtifacts,
                        topics.trials.name(),
                        topics.predictions.deadLetters(),
                        topics.references.deadLetters(),
                        topics.models.deadLetters(),
                        topics.commands.deadLetters()),
                List.of(topics.prefix() + "trainer-", topics.prefix() + "tuning"),
                List.of(),
                List.of(topics.prefix() + "trainer-", topics.prefix() + "model-publisher-", topics.prefix() + "study-"),
                List.of(topics.prefix() + "trainer-drift-"));
    }

    private static StageRights tuningWorker(Topics topics) {
        return new StageRights(
                "tuning-worker",
                List.of(topics.trials.name()),
                List.of(topics.trialResults.name(), topics.trials.deadLetters()),
                List.of(topics.prefix() + "tuning"),
                List.of(),
                List.of(topics.prefix() + "tuning-"),
                List.of());
    }

    /** Publishes protocols and orders, reads what comes of them. */
    private static StageRights user(Topics topics) {
        List<String> results = Stream.of(
                        topics.predictions,
                        topics.references,
                        topics.discrepancies,
                        topics.drift,
                        topics.commandResults,
                        topics.training,
                        topics.models,
                        topics.bands)
                .map(Topic::name)
                .toList();
        return new StageRights(
                "user",
                results,
                List.of(topics.stimuli.name(), topics.commands.name()),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** What users may, and see what is asked, searched, left over and how far the stages are. */
    private static StageRights dashboard(Topics topics) {
        StageRights user = user(topics);
        List<String> reads = new ArrayList<>(user.reads());
        List.of(topics.stimuli, topics.trials, topics.trialResults).forEach(topic -> reads.add(topic.name()));
        topics.all().forEach(topic -> reads.add(topic.deadLetters()));
        return new StageRights(
                "dashboard", reads, user.writes(), List.of(), List.of(topics.prefix()), List.of(), List.of());
    }

    /**
     * As Kafka has them. All may see that the installation's topics are there, as each checks them when it starts.
     *
     * @param principal e.g. User:ionstream-surrogate
     * @param prefix of the installation
     */
    public List<AclBinding> bindings(String principal, String prefix) {
        List<AclBinding> bindings = new ArrayList<>();
        bindings.add(binding(principal, ResourceType.TOPIC, prefix, PatternType.PREFIXED, AclOperation.DESCRIBE));
        reads.forEach(topic ->
                bindings.add(binding(principal, ResourceType.TOPIC, topic, PatternType.LITERAL, AclOperation.READ)));
        writes.forEach(topic ->
                bindings.add(binding(principal, ResourceType.TOPIC, topic, PatternType.LITERAL, AclOperation.WRITE)));
        groups.forEach(group ->
                bindings.add(binding(principal, ResourceType.GROUP, group, PatternType.PREFIXED, AclOperation.READ)));
        watched.forEach(group -> bindings.add(
                binding(principal, ResourceType.GROUP, group, PatternType.PREFIXED, AclOperation.DESCRIBE)));
        transactions.forEach(id -> bindings.add(
                binding(principal, ResourceType.TRANSACTIONAL_ID, id, PatternType.PREFIXED, AclOperation.WRITE)));
        owned.forEach(topic ->
                bindings.add(binding(principal, ResourceType.TOPIC, topic, PatternType.PREFIXED, AclOperation.ALL)));
        return bindings;
    }

    private static AclBinding binding(
            String principal, ResourceType type, String name, PatternType pattern, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }
}
