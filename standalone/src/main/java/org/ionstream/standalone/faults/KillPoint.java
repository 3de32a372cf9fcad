package org.ionstream.standalone.faults;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Ends its process as kill -9 would, for those who try out what then happens: when a client of it is about to send the n-th record
 * to a topic, with those before it in the same transaction sent or still in its buffer; or has been told that the broker holds the
 * n-th; or reads one that came there after the process began. Set as {@code interceptor.classes}, with the topic in the system
 * property {@code kill.at.send}, {@code kill.at.acknowledgement} or {@code kill.at.read}, n in {@code kill.after}, by default 1.
 */
public final class KillPoint implements ProducerInterceptor<byte[], byte[]>, ConsumerInterceptor<byte[], byte[]> {
    /** Of the process. */
    public static final int EXIT_CODE = 137;

    private static final String SENT = System.getProperty("kill.at.send", "");
    private static final String ACKNOWLEDGED = System.getProperty("kill.at.acknowledgement", "");
    private static final String READ = System.getProperty("kill.at.read", "");
    private static final long AFTER = Long.getLong("kill.after", 1);
    private static final AtomicLong SO_FAR = new AtomicLong();
    private static final long BEGAN_MS =
            ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli();

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        if (record.topic().equals(SENT) && SO_FAR.incrementAndGet() == AFTER) {
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
    public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
        if (exception == null && metadata.topic().equals(ACKNOWLEDGED) && SO_FAR.incrementAndGet() == AFTER) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
}
