package org.ionstream.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.broker.EmbeddedBroker;

/** One broker for all tests of this process; each test takes topics with a prefix of its own. */
final class SharedBroker {
    private static final EmbeddedBroker BROKER = start();

    private SharedBroker() {}

    static KafkaSettings kafka() {
        return KafkaSettings.at(BROKER.bootstrapServers());
    }

    static Topics newTopics(int partitions) {
        Topics topics = new Topics("test-" + UUID.randomUUID() + ".");
        try (Admin admin = Admin.create(kafka().common())) {
            topics.create(admin, partitions, (short) 1);
        }
        return topics;
    }

    private static EmbeddedBroker start() {
        try {
            EmbeddedBroker broker =
                    new EmbeddedBroker(Files.createTempDirectory("ionstream-broker-test"), EmbeddedBroker.freePort());
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
