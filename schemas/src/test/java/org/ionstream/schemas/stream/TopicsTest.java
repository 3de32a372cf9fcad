package org.ionstream.schemas.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class TopicsTest {
    private final Topics topics = Topics.standard();

    @Test
    void shouldNameEveryTopicWithPrefixAndVersion() {
        Topics own = new Topics("laboratory-3.");

        assertThat(own.stimuli.name()).isEqualTo("laboratory-3.stimuli.v1");
        assertThat(own.stimuli.deadLetters()).isEqualTo("laboratory-3.stimuli.v1.dlq");
        assertThat(own.names())
                .hasSize(27)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("laboratory-3\\.[a-z-]+\\.v1(\\.dlq)?"));
        assertThat(own).hasToString("Topics[prefix=laboratory-3.]");
    }

    @Test
    void shouldPartitionTheTopicsThatAreJoined() {
        assertThat(topics.all().stream().filter(Topic::partitioned))
                .containsExactlyInAnyOrder(
                        topics.stimuli,
                        topics.predictions,
                        topics.audits,
                        topics.references,
                        topics.discrepancies,
                        topics.trials);
    }

    @Test
    void shouldCreateEveryTopicWithRoomForDeadLetters() {
        try (FakeAdmin admin = new FakeAdmin()) {
            topics.create(admin, 6, (short) 1);

            assertThat(admin.created.keySet())
                    .containsExactlyInAnyOrderElementsOf(topics.names().toList());
            assertThat(admin.created.get(topics.references.name()).numPartitions())
                    .isEqualTo(6);
            assertThat(admin.created.get(topics.models.name()).numPartitions()).isEqualTo(1);
            assertThat(admin.asked)
                    .hasSize(27 + 6 * 5)
                    .contains(
                            new TopicPartition(topics.stimuli.name(), 5), new TopicPartition(topics.modelArtifacts, 0));
            assertThat(admin.created.get(topics.stimuli.deadLetters()).configs())
                    .containsEntry("max.message.bytes", Integer.toString(KafkaSettings.LARGEST_RECORD_BYTES));
            assertThat(admin.created.get(topics.models.name()).configs()).containsEntry("cleanup.policy", "compact");
        }
    }

    @Test
    void shouldAcceptTopicsThatAreThere() {
        try (FakeAdmin admin = new FakeAdmin()) {
            topics.create(admin, 3, (short) 1);

            assertThatCode(() -> topics.create(admin, 3, (short) 1)).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldRefuseUnequalPartitionCountsOfJoinedTopics() {
        try (FakeAdmin admin = new FakeAdmin()) {
            topics.create(admin, 3, (short) 1);
            admin.created.put(topics.audits.name(), new NewTopic(topics.audits.name(), 4, (short) 1));

            assertThatIllegalStateException()
                    .isThrownBy(() -> topics.check(admin))
                    .withMessageContaining("ionstream.audits.v1=4")
                    .withMessageContaining("ionstream.stimuli.v1=3");
        }
    }

    @Test
    void shouldSayThatATopicIsMissing() {
        try (FakeAdmin admin = new FakeAdmin()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> topics.check(admin))
                    .withMessageContaining("create them first");
        }
    }

    /** A broker's topics in memory; whatever else it is asked for would go to an address where nobody listens. */
    private static final class FakeAdmin extends ForwardingAdmin implements Admin {
        private final Map<String, NewTopic> created = new HashMap<>();
        /** Partitions whose leaders have answered. */
        private final Set<TopicPartition> asked = new HashSet<>();

        FakeAdmin() {
            super(Map.of("bootstrap.servers", "localhost:1"));
        }

        @Override
        public ListOffsetsResult listOffsets(Map<TopicPartition, OffsetSpec> wanted, ListOffsetsOptions options) {
            asked.addAll(wanted.keySet());
            KafkaFuture<ListOffsetsResultInfo> empty =
                    KafkaFuture.completedFuture(new ListOffsetsResultInfo(0, 0, Optional.empty()));
            return new ListOffsetsResult(
                    wanted.keySet().stream().collect(Collectors.toMap(Function.identity(), partition -> empty)));
        }

        @Override
        public CreateTopicsResult createTopics(Collection<NewTopic> wanted, CreateTopicsOptions options) {
            Map<String, KafkaFuture<CreateTopicsResult.TopicMetadataAndConfig>> results = new HashMap<>();
            for (NewTopic topic : wanted) {
                boolean isNew = created.putIfAbsent(topic.name(), topic) == null;
                results.put(
                        topic.name(),
                        isNew
                                ? KafkaFuture.completedFuture(null)
                                : failed(new TopicExistsException(topic.name() + " is there")));
            }
            return new CreateTopicsResult(results) {};
        }

        @Override
        public DescribeTopicsResult describeTopics(TopicCollection asked, DescribeTopicsOptions options) {
            Map<String, KafkaFuture<TopicDescription>> results = new HashMap<>();
            for (String name : ((TopicCollection.TopicNameCollection) asked).topicNames()) {
                NewTopic topic = created.get(name);
                results.put(
                        name,
                        topic == null
                                ? failed(new UnknownTopicOrPartitionException("no " + name))
                                : KafkaFuture.completedFuture(description(topic)));
            }
            return new DescribeTopicsResult(null, results) {};
        }

        private static TopicDescription description(NewTopic topic) {
            List<TopicPartitionInfo> partitions = new ArrayList<>();
            IntStream.range(0, topic.numPartitions())
                    .forEach(i -> partitions.add(new TopicPartitionInfo(i, Node.noNode(), List.of(), List.of())));
            return new TopicDescription(topic.name(), false, partitions);
        }

        private static <T> KafkaFuture<T> failed(RuntimeException cause) {
            KafkaFutureImpl<T> future = new KafkaFutureImpl<>();
            future.completeExceptionally(cause);
            return future;
        }
    }
}
