package org.ionstream.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.standalone.broker.EmbeddedBroker;

/**
 * A broker that lets nobody in without a password and asks for rights: SASL_SSL with SCRAM-SHA-512, Kafka's own authorizer. It talks
 * to itself over another listener, which no client is told of.
 */
final class SecuredBroker implements AutoCloseable {
    static final String ADMIN = "admin";
    private static final String PASSWORD = "of the test alone";

    private final Path keys;
    private final int port;
    private final EmbeddedBroker broker;

    SecuredBroker(Path directory) throws IOException, InterruptedException {
        this.keys = directory.resolve("keys.p12");
        makeKeys();
        int internal = EmbeddedBroker.freePort();
        this.port = EmbeddedBroker.freePort();
        Map<String, String> settings = new HashMap<>();
        settings.put(
                "listeners",
                "PLAINTEXT://localhost:%d,CONTROLLER://localhost:%d,CLIENTS://localhost:%d"
                        .formatted(internal, internal + 1, port));
        settings.put("advertised.listeners", settings.get("listeners"));
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,CLIENTS:SASL_SSL");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        settings.put(
                "listener.name.clients.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        settings.put("ssl.keystore.location", keys.toString());
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.password", PASSWORD);
        settings.put("ssl.key.password", PASSWORD);
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:ANONYMOUS;User:" + ADMIN);
        broker = new EmbeddedBroker(
                directory.resolve("broker"),
                internal,
                settings,
                List.of("--add-scram", "SCRAM-SHA-512=[name=%s,password=\"%s\"]".formatted(ADMIN, PASSWORD)));
    }

    /** A certificate for localhost that clients trust as it is. */
    private void makeKeys() throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "localhost",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IllegalStateException("keytool did not make " + keys);
        }
    }

    String password() {
        return PASSWORD;
    }

    /** Of a client with the password of everybody here. */
    KafkaSettings as(String user) {
        return new KafkaSettings(
                "localhost:" + port,
                Map.of(
                        "security.protocol",
                        "SASL_SSL",
                        "sasl.mechanism",
                        "SCRAM-SHA-512",
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                                .formatted(user, PASSWORD),
                        "ssl.truststore.location",
                        keys.toString(),
                        "ssl.truststore.type",
                        "PKCS12",
                        "ssl.truststore.password",
                        PASSWORD));
    }

    @Override
    public void close() {
        broker.close();
    }
}
