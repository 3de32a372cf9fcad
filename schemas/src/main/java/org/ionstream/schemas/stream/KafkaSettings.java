package org.ionstream.schemas.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Where the broker is and how clients talk to it.
 *
 * @param bootstrapServers host:port, comma-separated
 * @param clientOverrides any Kafka client setting (security, timeouts); wins over the ones here
 */
public record KafkaSettings(String bootstrapServers, Map<String, String> clientOverrides) {
    /** Back-to-back transactions wait this long for the one before; the default of 100 ms costs 6 times the throughput. */
    private static final int TRANSACTION_RETRY_BACKOFF_MS = 5;
    /** Topics hold records below 1 MB; a dead letter is such a record with headers, or a larger one from compressed bytes. */
    public static final int LARGEST_RECORD_BYTES = 4 << 20;

    /**
     * Of one partition, sent together: a request costs the broker the same whatever it carries, and the default of 16 kB is one
     * to five answers.
     */
    private static final int BATCH_BYTES = 256 << 10;

    public KafkaSettings {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("no bootstrap servers; give host:port");
        }
        clientOverrides = Map.copyOf(clientOverrides);
    }

    public static KafkaSettings at(String bootstrapServers) {
        return new KafkaSettings(bootstrapServers, Map.of());
    }

    /** For an admin client, and the common part of all others. */
    public Properties common() {
        Properties properties = new Properties();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return withOverrides(properties);
    }

    /** Values arrive as bytes: a deserializer that throws inside poll would stop the partition on one poison record. */
    public Properties consumer(String groupId) {
        Properties properties = reader();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
        return withOverrides(properties);
    }

    /** A consumer that assigns its own partitions and keeps no offsets on the broker. */
    public Properties reader() {
        Properties properties = common();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        return withOverrides(properties);
    }

    /** Idempotent, all replicas, lz4 (the shuffled arrays are made for it). */
    public Properties producer() {
        Properties properties = common();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_RECORD_BYTES);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "5");
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        return withOverrides(properties);
    }

    public Properties transactionalProducer(String transactionalId) {
        Properties properties = producer();
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        properties.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, TRANSACTION_RETRY_BACKOFF_MS);
        return withOverrides(properties);
    }

    /** For the log at start: passwords, keys and JAAS lines are masked. */
    @Override
    public String toString() {
        Map<String, String> shown = new TreeMap<>(clientOverrides);
        shown.replaceAll((key, value) ->
                key.matches(".*(password|secret|jaas|key\\.pem|keystore\\.key|auth\\.user\\.info|auth\\.token).*")
                        ? "***"
                        : value);
        return "KafkaSettings[bootstrapServers=%s, clientOverrides=%s]".formatted(bootstrapServers, shown);
    }

    private Properties withOverrides(Properties properties) {
        properties.putAll(new HashMap<>(clientOverrides));
        return properties;
    }
}
