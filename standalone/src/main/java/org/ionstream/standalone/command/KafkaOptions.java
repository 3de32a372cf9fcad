package org.ionstream.standalone.command;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.ionstream.schemas.registry.RegistrySettings;
import org.ionstream.schemas.registry.SchemaRegistry;
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

    @Option(
            names = "--kafka-config-file",
            paramLabel = "FILE",
            defaultValue = "${env:IONSTREAM_KAFKA_CONFIG_FILE}",
            description =
                    "Kafka client settings as a properties file, for what nobody else may read: a command line is no "
                            + "secret. --kafka-config goes before it; the environment variable IONSTREAM_KAFKA_CONFIG_FILE replaces the "
                            + "default, none")
    private Path kafkaConfigFile;

    @Option(
            names = "--schema-registry-url",
            paramLabel = "URL",
            defaultValue = "${env:IONSTREAM_SCHEMA_REGISTRY_URL}",
            description =
                    "A schema registry with Confluent's interface, e.g. http://localhost:8081: messages are written in "
                            + "Confluent's wire format. Credentials (basic.auth.user.info, bearer.auth.token) go into "
                            + "--kafka-config-file, which may name the registry too (schema.registry.url); the environment variable "
                            + "IONSTREAM_SCHEMA_REGISTRY_URL replaces the default, none")
    private String schemaRegistryUrl;

    /** @throws IllegalArgumentException if there are no bootstrap servers */
    public KafkaSettings settings() {
        Map<String, String> clients = all();
        clients.keySet().removeIf(RegistrySettings::isOwn);
        return new KafkaSettings(bootstrapServers, clients);
    }

    /** The same options but the broker's address and the prefix, for a process that this one starts. */
    List<String> clientArguments() {
        List<String> arguments = new ArrayList<>();
        kafkaConfig.forEach((name, value) -> arguments.add("--kafka-config=%s=%s".formatted(name, value)));
        if (kafkaConfigFile != null) {
            arguments.add("--kafka-config-file=" + kafkaConfigFile.toAbsolutePath());
        }
        if (schemaRegistryUrl != null && !schemaRegistryUrl.isBlank()) {
            arguments.add("--schema-registry-url=" + schemaRegistryUrl);
        }
        return arguments;
    }

    /** Of Kafka's clients and of the schema registry. */
    private Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>(fromFile());
        all.putAll(kafkaConfig);
        if (schemaRegistryUrl != null && !schemaRegistryUrl.isBlank()) {
            all.put(RegistrySettings.URL, schemaRegistryUrl);
        }
        return all;
    }

    private Map<String, String> fromFile() {
        if (kafkaConfigFile == null) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(kafkaConfigFile)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot read --kafka-config-file %s (%s); name a properties file".formatted(kafkaConfigFile, e), e);
        }
        Map<String, String> settings = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }

    /** @throws IllegalArgumentException if a setting of the schema registry has no meaning */
    public Topics topics() {
        return new Topics(prefix, RegistrySettings.of(all()).map(SchemaRegistry::new));
    }

    /** @throws IllegalStateException if there is no broker, a topic is missing, or they do not fit together */
    void checkTopics() {
        try (Admin admin = Admin.create(settings().common())) {
            topics().check(admin);
        }
    }
}
