package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.registry.RegistrySettings;
import org.ionstream.schemas.registry.SchemaRegistry;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.TopicFollower;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;
import org.ionstream.standalone.broker.EmbeddedBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Python scripts of producer/PROTOCOLS.md and surrogate/MODELS.md understand the messages and are understood. */
class OtherLanguagesTest {
    private static final Path SCRIPTS = Path.of("src/test/other-languages");
    private static final String PYTHON = "/usr/bin/python3";
    private static final String KCAT = "/usr/bin/kcat";

    @TempDir
    Path directory;

    @Test
    void shouldPublishAndReadFromPython() throws Exception {
        assumePython();
        Topics topics = Topics.standard();
        try (EmbeddedBroker broker = new EmbeddedBroker(directory.resolve("broker"), EmbeddedBroker.freePort())) {
            KafkaSettings kafka = KafkaSettings.at(broker.bootstrapServers());
            try (Admin admin = Admin.create(kafka.common())) {
                topics.create(admin, 1, (short) 1);
            }
            send(kafka, topics, prediction("by-java"));
            Path predictions = Files.writeString(
                    directory.resolve("p.avsc"), Prediction.getClassSchema().toString());
            Path protocols = Files.writeString(
                    directory.resolve("s.avsc"),
                    StimulusProtocol.getClassSchema().toString());

            String published = run(
                    PYTHON,
                    script("publish.py"),
                    kafka.bootstrapServers(),
                    protocols.toString(),
                    fingerprint(),
                    "by-python");
            String read =
                    run(PYTHON, script("read_predictions.py"), kafka.bootstrapServers(), predictions.toString(), "1");

            assertThat(published).contains("published by-python");
            StimulusProtocol protocol = onlyProtocol(kafka, topics);
            assertThat(protocol.getId()).isEqualTo("by-python");
            assertThat(protocol.getTags()).isEqualTo(Map.of("by", "python"));
            assertThat(read).contains("by-java SURROGATE {'V': '-1.500 to 2.000', 'w': '0.250 to 0.750'} 3 x 0.5 ms");
        }
    }

    @Test
    void shouldAnswerThePythonClient() throws Exception {
        assumePython();
        Topics topics = Topics.standard();
        try (EmbeddedBroker broker = new EmbeddedBroker(directory.resolve("broker"), EmbeddedBroker.freePort())) {
            KafkaSettings kafka = KafkaSettings.at(broker.bootstrapServers());
            try (Admin admin = Admin.create(kafka.common())) {
                topics.create(admin, 2, (short) 1);
            }
            Files.writeString(
                    directory.resolve("Prediction.avsc"),
                    Prediction.getClassSchema().toString());
            Files.writeString(
                    directory.resolve("StimulusProtocol.avsc"),
                    StimulusProtocol.getClassSchema().toString());
            Files.writeString(directory.resolve("StimulusProtocol.fingerprint"), fingerprint());
            BlockingQueue<StimulusProtocol> asked = new LinkedBlockingQueue<>();
            TopicFollower answering = new TopicFollower("answering", kafka);
            answering.follow(topics.stimuli, (protocol, received) -> {
                asked.add(protocol);
                send(kafka, topics, prediction(protocol.getId()));
            });
            Thread thread = new Thread(answering);
            thread.start();

            String printed = run(
                    PYTHON,
                    script("ionstream_client.py"),
                    kafka.bootstrapServers(),
                    directory.toString(),
                    "hodgkin-huxley-1952",
                    "20");
            answering.stop();
            thread.join();

            assertThat(printed).contains("SURROGATE 1 ms {'V': '-1.500 to 2.000', 'w': '0.250 to 0.750'}");
            assertThat(asked.remove().getPulses()).containsExactly(new Pulse(5.0, 1.0, 20.0));
        }
    }

    @Test
    void shouldReadWhatIsWrittenWithASchemaRegistryFromPython() throws Exception {
        assumePython();
        try (RegistryProcess registry = new RegistryProcess();
                EmbeddedBroker broker = new EmbeddedBroker(directory.resolve("broker"), EmbeddedBroker.freePort())) {
            KafkaSettings kafka = KafkaSettings.at(broker.bootstrapServers());
            Topics topics = new Topics(
                    Topics.DEFAULT_PREFIX, Optional.of(new SchemaRegistry(RegistrySettings.at(registry.url()))));
            try (Admin admin = Admin.create(kafka.common())) {
                topics.create(admin, 1, (short) 1);
            }
            send(kafka, topics, prediction("registered"));
            send(kafka, Topics.standard(), prediction("single-object"));
            Path predictions = Files.writeString(
                    directory.resolve("p.avsc"), Prediction.getClassSchema().toString());
            List<String> command = List.of(
                    PYTHON, script("read_predictions.py"), kafka.bootstrapServers(), predictions.toString(), "2");

            String read = run(
                    Stream.concat(command.stream(), Stream.of(registry.url())).toArray(String[]::new));
            send(kafka, topics, prediction("of-no-registry"));
            String unread = run(command.toArray(String[]::new));

            assertThat(read)
                    .contains(
                            "registered SURROGATE {'V': '-1.500 to 2.000', 'w': '0.250 to 0.750'} 3 x 0.5 ms",
                            "single-object SURROGATE {'V': '-1.500 to 2.000', 'w': '0.250 to 0.750'} 3 x 0.5 ms");
            assertThat(unread).contains("of a schema registry; give the registry's address");
        }
    }

    /** The lines of kcat.txt that are kcat's, as they stand there but for the address. */
    @Test
    void shouldLookAtTheTopicsWithKcat() throws Exception {
        assumeTrue(Files.isExecutable(Path.of(KCAT)), "skipped: no kcat");
        List<String> lines = kcatLines();
        Topics topics = Topics.standard();
        try (EmbeddedBroker broker = new EmbeddedBroker(directory.resolve("broker"), EmbeddedBroker.freePort())) {
            KafkaSettings kafka = KafkaSettings.at(broker.bootstrapServers());
            try (Admin admin = Admin.create(kafka.common())) {
                topics.create(admin, 1, (short) 1);
            }
            send(kafka, topics, prediction("by-java"));

            StringBuilder printed = new StringBuilder();
            for (String line : lines) {
                printed.append(run("/bin/sh", "-c", line.replace("localhost:9092", kafka.bootstrapServers())));
            }

            assertThat(lines).hasSize(2);
            assertThat(printed.toString())
                    .contains("topic \"ionstream.stimuli.v1\" with 1 partitions")
                    .containsPattern("partition 0 offset 0 key by-java value \\d+ bytes");
        }
    }

    private static List<String> kcatLines() throws IOException {
        return Files.readString(SCRIPTS.resolve("kcat.txt"))
                .replace("\\\n", " ")
                .lines()
                .filter(line -> line.startsWith("$ kcat "))
                .map(line -> line.substring(2))
                .toList();
    }

    private static void assumePython() throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(Path.of(PYTHON))
                        && run(PYTHON, "-c", "import avro, confluent_kafka, numpy")
                                .isEmpty(),
                "skipped: no python3 with python3-avro, python3-confluent-kafka and python3-numpy");
    }

    private static Prediction prediction(String id) {
        Traces traces = new Traces(
                new TimeGrid(0.5, 3), List.of("V", "w"), new float[][] {{-1.5f, 0, 2}, {0.25f, 0.5f, 0.75f}});
        return SomePrediction.of(id, traces);
    }

    private static void send(KafkaSettings kafka, Topics topics, Prediction prediction) {
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.producer())) {
            producer.send(
                    topics.predictions.message(prediction.getId(), prediction).toRecord());
        }
    }

    private static StimulusProtocol onlyProtocol(KafkaSettings kafka, Topics topics) {
        List<StimulusProtocol> found = new ArrayList<>();
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        try (var consumer = new KafkaConsumer<byte[], byte[]>(kafka.consumer("test"))) {
            consumer.subscribe(List.of(topics.stimuli.name()));
            while (found.isEmpty() && System.nanoTime() < end) {
                for (ConsumerRecord<byte[], byte[]> received : consumer.poll(Duration.ofMillis(100))) {
                    found.add(topics.stimuli.wire().decode(received.value()));
                }
            }
        }
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static String fingerprint() {
        long bits = Long.reverseBytes(SchemaNormalization.parsingFingerprint64(StimulusProtocol.getClassSchema()));
        return "%016x".formatted(bits);
    }

    private static String script(String name) {
        return SCRIPTS.resolve(name).toString();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("script", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        try {
            return Files.readString(output);
        } finally {
            Files.delete(output);
        }
    }
}
