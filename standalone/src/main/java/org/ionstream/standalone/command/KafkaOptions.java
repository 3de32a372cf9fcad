package org.ionstream.standalone.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import picocli.CommandLine.Option;

/** Where the broker is and how its topics are named: options of every command that talks to Kafka. */
public final class KafkaOptions {
    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:IONSTREAM_BOOTSTRAP_SERVERS:-localhost:9092}",
            description = "Kafka brokers, comma-separated; the environment variable IONSTREAM_BOOTSTRAP_SERVERS "
                    + "replaces the default. Default: ${DEFAULT-VALUE}")
    private String bootstrapServers;

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            defaultValue = "${env:IONSTREAM_PREFIX:-" + Topics.DEFAULT_PREFIX + "}",
            description =
                    "Begins the names of all topics; the environment variable IONSTREAM_PREFIX replaces the default. "
                            + "Default: ${DEFAULT-VALUE}")
    private String prefix;

    @Option(
            names = "--kafka-config",
            paramLabel = "NAME=VALUE",
            description = "A Kafka client setting, e.g. security.protocol=SSL; repeat for more")
    private Map<String, String> kafkaConfig = new LinkedHashMap<>();

    /** @throws IllegalArgumentException if there are no bootstrap servers */
    public KafkaSettings settings() {
        return new KafkaSettings(bootstrapServers, kafkaConfig);
    }

    public Topics topics() {
        return new Topics(prefix);
    }

    /** @throws IllegalStateException if there is no broker, a topic is missing, or they do not fit together */
    void checkTopics() {
        try (Admin admin = Admin.create(settings().common())) {
            topics().check(admin);
        }
    }
}
