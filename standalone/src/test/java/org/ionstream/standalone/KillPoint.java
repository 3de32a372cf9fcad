package org.ionstream.standalone;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Ends its process as kill -9 would, when a client of it first sends a record to a topic or reads one that came there after the
 * process began: set as {@code interceptor.classes}, with the topic in the system property {@code kill.at.send} or
 * {@code kill.at.read}.
 */
public final class KillPoint implements ProducerInterceptor<byte[], byte[]>, ConsumerInterceptor<byte[], byte[]> {
    /** Of the process. */
    public static final int EXIT_CODE = 137;

    private static final String SENT = System.getProperty("kill.at.send", "");
    private static final String READ = System.getProperty("kill.at.read", "");
    private static final long BEGAN_MS =
            ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli();

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        if (record.topic().equals(SENT)) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
        return record;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.topic().equals(READ) && record.timestamp() > BEGAN_MS) {
                Runtime.getRuntime().halt(EXIT_CODE);
            }
        }
        return records;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception exception) {}

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
}
