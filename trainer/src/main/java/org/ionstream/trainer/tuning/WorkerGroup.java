package org.ionstream.trainer.tuning;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.ionstream.schemas.stream.Topics;

/**
 * The workers that there are now, each with its partitions of the trials. An order is given to a worker with nothing to do:
 * spread over partitions by key, some workers would have two and others none.
 */
record WorkerGroup(List<List<Integer>> partitionsByWorker) {
    private static final int TIMEOUT_S = 30;

    WorkerGroup {
        partitionsByWorker = partitionsByWorker.stream().map(List::copyOf).toList();
    }

    /** @throws KafkaException if the broker does not say */
    static WorkerGroup now(Admin admin, Topics topics) {
        String group = TrialWorker.group(topics);
        try {
            ConsumerGroupDescription described = admin.describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group)
                    .get(TIMEOUT_S, TimeUnit.SECONDS);
            List<List<Integer>> workers = new ArrayList<>();
            described.members().forEach(member -> {
                List<Integer> partitions = member.assignment().topicPartitions().stream()
                        .filter(assigned -> assigned.topic().equals(topics.trials.name()))
                        .map(TopicPartition::partition)
                        .sorted()
                        .toList();
                if (!partitions.isEmpty()) {
                    workers.add(partitions);
                }
            });
            return new WorkerGroup(workers);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return new WorkerGroup(List.of());
            }
            throw new KafkaException("the broker does not describe group " + group, e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new KafkaException("no answer from the broker about group " + group, e);
        }
    }

    int size() {
        return partitionsByWorker.size();
    }

    /**
     * A partition of a worker that has nothing to do.
     *
     * @param busy partitions of orders without a result, perhaps several times
     */
    Optional<Integer> idle(Collection<Integer> busy) {
        return partitionsByWorker.stream()
                .filter(partitions -> partitions.stream().noneMatch(busy::contains))
                .map(partitions -> partitions.get(0))
                .findFirst();
    }
}
