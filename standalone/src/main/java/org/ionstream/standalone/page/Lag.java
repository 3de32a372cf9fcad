package org.ionstream.standalone.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.ionstream.standalone.broker.Answers;

/**
 * What a consumer group has not come to yet.
 *
 * @param group its id, without the prefix of the installation
 * @param topic that it reads, without the prefix
 * @param records committed and not yet read; the end of a transaction takes an offset too
 */
record Lag(String group, String topic, long records) {
    private static final ListOffsetsOptions COMMITTED = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);

    /**
     * Of every group of the installation that has committed offsets.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker refuses, or does not answer in some seconds
     */
    static List<Lag> of(Admin admin, String prefix) {
        List<String> groups = Answers.of(
                        admin.listGroups(ListGroupsOptions.forConsumerGroups()).all())
                .stream()
                .map(GroupListing::groupId)
                .filter(group -> group.startsWith(prefix))
                .sorted()
                .toList();
        var committed = Answers.of(admin.listConsumerGroupOffsets(groups.stream()
                        .collect(Collectors.toMap(Function.identity(), group -> new ListConsumerGroupOffsetsSpec())))
                .all());
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        committed.values().forEach(offsets -> offsets.keySet().forEach(at -> ends.put(at, OffsetSpec.latest())));
        var end = Answers.of(admin.listOffsets(ends, COMMITTED).all());
        List<Lag> lags = new ArrayList<>();
        for (String group : groups) {
            Map<String, Long> byTopic = new TreeMap<>();
            for (Map.Entry<TopicPartition, OffsetAndMetadata> read :
                    committed.get(group).entrySet()) {
                long behind = end.get(read.getKey()).offset() - read.getValue().offset();
                byTopic.merge(read.getKey().topic(), Math.max(0, behind), Long::sum);
            }
            byTopic.forEach(
                    (topic, records) -> lags.add(new Lag(without(prefix, group), without(prefix, topic), records)));
        }
        return lags;
    }

    private static String without(String prefix, String name) {
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }
}
