package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.reference.Reference;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.ProtocolLimits;
import org.ionstream.schemas.registry.RegistryException;
import org.ionstream.schemas.registry.RegistrySettings;
import org.ionstream.schemas.registry.SchemaRegistry;
import org.ionstream.schemas.stream.DeadLetters;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.broker.EmbeddedBroker;
import org.ionstream.surrogate.Surrogate;
import org.ionstream.trainer.release.BundledChampions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation with a schema registry, as another program sees it that knows only Kafka, the registry and Avro. */
class RegisteredStreamTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HEADER_BYTES = 5;

    private static RegistryProcess registry;

    private final KafkaSettings kafka = SharedBroker.kafka();
    /** Of the same names: one writes with the registry, the other knows none. */
    private final Topics unregistered = SharedBroker.newTopics(2);

    private final Topics topics = with(registry.url());
    private final StimulusProtocol protocol = PaperDistribution.of(CellModels.FITZHUGH_NAGUMO_1961)
            .training(1, 30)
            .get(10);

    @BeforeAll
    static void startTheRegistry() throws IOException {
        registry = new RegistryProcess();
    }

    @AfterAll
    static void stopTheRegistry() {
        registry.close();
    }

    @Test
    void shouldAnswerSoThatPlainAvroReadsItByTheNumberOfTheRegistry() throws Exception {
        release(topics);
        try (Surrogate surrogate = new Surrogate(SurrogateProcess.settings(kafka, topics));
                Reference reference = reference();
                var predictions = new CommittedRecords(kafka, topics.predictions.name());
                var references = new CommittedRecords(kafka, topics.references.name())) {
            surrogate.start();
            reference.start();

            send(topics.stimuli.message("registered", named("registered")));
            send(unregistered.stimuli.message("single-object", named("single-object")));

            List<ConsumerRecord<byte[], byte[]>> predicted = predictions.await(2, LONGEST);
            assertThat(predicted)
                    .extracting(prediction -> plain(prediction).get("id").toString())
                    .containsExactlyInAnyOrder("registered", "single-object");
            assertThat(references.await(2, LONGEST)).allSatisfy(solved -> {
                assertThat(plain(solved).get("outcome")).hasToString("OK");
                assertThat(plain(solved).getSchema().getName()).isEqualTo("ReferenceSolution");
            });
            assertThat(registry.get("/subjects"))
                    .contains(topics.predictions.subject(), topics.references.subject(), topics.stimuli.subject());
        }
    }

    @Test
    void shouldReadProtocolsOfALaterSchema() throws Exception {
        Schema later = laterProtocol();
        int id = new SchemaRegistry(RegistrySettings.at(registry.url())).register(topics.stimuli.subject(), later);
        GenericRecord changed = new GenericRecordBuilder(later)
                .set("urgency", "high")
                .set("id", "later")
                .set("cellModel", protocol.getCellModel())
                .set("pulses", List.of())
                .set("horizonMs", 100.0)
                .set("outputStepMs", protocol.getOutputStepMs())
                .build();
        release(topics);
        try (Surrogate surrogate = new Surrogate(SurrogateProcess.settings(kafka, topics));
                var predictions = new CommittedRecords(kafka, topics.predictions.name())) {
            surrogate.start();

            send(bytes("later", written(id, changed)));

            assertThat(predictions.awaitKeys(1, LONGEST)).containsExactly("later");
        }
    }

    @Test
    void shouldKeepWhatHasASchemaThatNobodyKnowsAsADeadLetter() {
        byte[] foreign = ByteBuffer.allocate(40).put((byte) 0).putInt(987_654).array();
        release(topics);
        try (Surrogate surrogate = new Surrogate(SurrogateProcess.settings(kafka, topics));
                var predictions = new CommittedRecords(kafka, topics.predictions.name());
                var letters = new CommittedRecords(kafka, topics.stimuli.deadLetters())) {
            surrogate.start();

            send(bytes("foreign", foreign));
            send(topics.stimuli.message("good", named("good")));

            assertThat(predictions.awaitKeys(1, LONGEST)).containsExactly("good");
            ConsumerRecord<byte[], byte[]> letter = letters.await(1, LONGEST).get(0);
            assertThat(letter.value()).isEqualTo(foreign);
            assertThat(letter.headers().lastHeader(DeadLetters.REASON).value())
                    .asString(StandardCharsets.UTF_8)
                    .contains("40 bytes are not a StimulusProtocol", "has no Avro schema 987654");
        }
    }

    @Test
    void shouldStopWhileTheRegistryIsAwayAndAnswerWhenItIsBack() {
        release(unregistered);
        send(topics.stimuli.message("p1", named("p1")));
        Topics away = with("http://localhost:%d/apis/ccompat/v7".formatted(EmbeddedBroker.freePort()));
        try (Surrogate surrogate = new Surrogate(SurrogateProcess.settings(kafka, away))) {
            surrogate.start();

            await().atMost(LONGEST).until(() -> surrogate.failure().isPresent());

            assertThat(surrogate.failure().orElseThrow())
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("does not answer /schemas/ids/")
                    .hasMessageContaining("look at schema.registry.url");
        }
        try (Surrogate surrogate = new Surrogate(SurrogateProcess.settings(kafka, topics));
                var predictions = new CommittedRecords(kafka, topics.predictions.name());
                var letters = new CommittedRecords(kafka, topics.stimuli.deadLetters())) {
            surrogate.start();

            assertThat(predictions.awaitKeys(1, LONGEST)).containsExactly("p1");
            assertThat(letters.await(0, LONGEST)).isEmpty();
        }
    }

    @Test
    void shouldRegisterAllSchemasAndLetTheDoctorLook() throws Exception {
        assertThat(run("doctor")).contains("no Avro schema yet of " + topics.stimuli.subject());

        run("topics", "create");

        JsonNode latest = JSON.readTree(registry.get("/subjects/" + topics.bands.subject() + "/versions/latest"));
        assertThat(new Schema.Parser().parse(latest.get("schema").asText()).getName())
                .isEqualTo("BandAdjustment");
        assertThat(run("doctor")).contains("the latest schema of each of 13 topics is understood");
        new SchemaRegistry(RegistrySettings.at(registry.url()))
                .register(
                        topics.drift.subject(),
                        new Schema.Parser()
                                .parse(
                                        "{\"type\":\"record\",\"name\":\"DriftReport\",\"namespace\":\"org.ionstream.schemas.message\",\"fields\":[]}"));
        assertThat(run("doctor")).contains("this version cannot read the latest schema of " + topics.drift.subject());
    }

    @Test
    void shouldRunTheWholeSimulatorWithTheRegistry(@TempDir Path state) throws Exception {
        int port = EmbeddedBroker.freePort();
        StringWriter said = new StringWriter();
        Thread simulator = new Thread(() -> IonstreamMain.commandLine()
                .setErr(new PrintWriter(said))
                .execute(
                        "run",
                        "--state=" + state,
                        "--port=" + port,
                        "--page-port=0",
                        "--for-seconds=30",
                        "--schema-registry-url=" + registry.url()));
        KafkaSettings running = KafkaSettings.at("localhost:" + port);

        simulator.start();
        await().atMost(LONGEST).until(() -> said.toString().contains("stop with Ctrl-C"));

        try (var predictions =
                new CommittedRecords(running, Topics.standard().predictions.name())) {
            assertThat(predictions.await(3, LONGEST))
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allSatisfy(prediction ->
                            assertThat(plain(prediction).getSchema().getName()).isEqualTo("Prediction"));
        }
        simulator.join();
        assertThat(said.toString()).contains("stopped; start again").doesNotContain("a part ended");
    }

    private Topics with(String url) {
        return new Topics(unregistered.prefix(), Optional.of(new SchemaRegistry(RegistrySettings.at(url))));
    }

    /** With a field more, in the middle. */
    private static Schema laterProtocol() throws IOException {
        ObjectNode schema =
                (ObjectNode) JSON.readTree(StimulusProtocol.getClassSchema().toString());
        ((ArrayNode) schema.get("fields"))
                .insert(1, JSON.createObjectNode().put("name", "urgency").put("type", "string"));
        return new Schema.Parser().parse(schema.toString());
    }

    private static byte[] written(int id, GenericRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(ByteBuffer.allocate(HEADER_BYTES).put((byte) 0).putInt(id).array());
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, out);
        return bytes.toByteArray();
    }

    private static GenericRecord plain(ConsumerRecord<byte[], byte[]> received) {
        byte[] bytes = received.value();
        assertThat(bytes[0]).isZero();
        try {
            int id = ByteBuffer.wrap(bytes, 1, 4).getInt();
            String schema = JSON.readTree(registry.get("/schemas/ids/" + id))
                    .get("schema")
                    .asText();
            return new GenericDatumReader<GenericRecord>(new Schema.Parser().parse(schema))
                    .read(
                            null,
                            DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private StimulusProtocol named(String id) {
        return StimulusProtocol.newBuilder(protocol).setId(id).build();
    }

    private Outgoing bytes(String key, byte[] value) {
        return new Outgoing(topics.stimuli.name(), key.getBytes(StandardCharsets.UTF_8), value, Map.of());
    }

    private void send(Outgoing message) {
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.producer())) {
            producer.send(message.toRecord());
        }
    }

    private void release(Topics as) {
        ReleasedChampion.release(
                kafka, as, BundledChampions.of(CellModels.FITZHUGH_NAGUMO_1961).orElseThrow());
    }

    /** Audits everything. */
    private Reference reference() {
        return new Reference(
                new Reference.Settings(kafka, topics, "0", SolverSettings.AUDIT, 1, 16, 2, ProtocolLimits.DEFAULT));
    }

    /** What the command says. */
    private String run(String... words) {
        StringWriter said = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of(
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--prefix=" + topics.prefix(),
                "--schema-registry-url=" + registry.url()));
        IonstreamMain.commandLine()
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(arguments.toArray(String[]::new));
        return said.toString();
    }
}
