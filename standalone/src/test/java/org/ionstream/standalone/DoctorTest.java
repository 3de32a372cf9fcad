package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.broker.EmbeddedBroker;
import org.ionstream.surrogate.model.Champion;
import org.ionstream.surrogate.model.PemKeys;
import org.ionstream.trainer.release.BundledChampions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    private static final byte[] FHN =
            BundledChampions.of(CellModels.FITZHUGH_NAGUMO_1961).orElseThrow();

    private final KafkaSettings kafka = SharedBroker.kafka();
    private final StringWriter out = new StringWriter();

    @Test
    void shouldFindASoundInstallationSound() {
        Topics topics = SharedBroker.newTopics(2);
        ReleasedChampion.release(kafka, topics, FHN);

        int exitCode = doctor(topics);

        assertThat(exitCode).as(out.toString()).isZero();
        assertThat(out.toString())
                .containsPattern("OK +broker +1 broker")
                .contains("transaction.version 2 is in use")
                .containsPattern("OK +topics +27 topics, as wanted")
                .contains("a surrogate may read 4 topics and write 4")
                .containsPattern("OK +messages +the newest record of each partition is understood, 1 in all")
                .containsPattern("OK +clock")
                .containsPattern("OK +models +fitzhugh-nagumo-1961-\\w+ is whole")
                .contains("ohara-rudy-2011 has no champion")
                .contains(", 0 to be mended");
    }

    @Test
    void shouldNameWhatIsWrongWithTopicsMessagesModelsAndClocks() throws Exception {
        Topics topics = SharedBroker.newTopics(2);
        ModelRelease release = ReleasedChampion.release(kafka, topics, FHN);
        try (Admin admin = Admin.create(kafka.common())) {
            alter(admin, topics.models.name(), "cleanup.policy", "delete");
            alter(admin, topics.predictions.name(), "max.message.bytes", "1000");
            alter(admin, topics.stimuli.name(), "retention.ms", "1000000");
            admin.createPartitions(Map.of(topics.audits.name(), NewPartitions.increaseTo(3)))
                    .all()
                    .get();
            admin.deleteTopics(List.of(topics.drift.deadLetters())).all().get();
        }
        ModelRelease other = ModelRelease.newBuilder(release)
                .setArtifactBytes(release.getArtifactBytes() + 1)
                .build();
        send(
                topics.models,
                Champion.key(release.getCellModel(), Champion.ALIAS),
                topics.models.wire().encode(other),
                null);
        send(topics.stimuli, "p-1", new byte[] {1, 2, 3}, null);
        send(topics.references, "p-1", new byte[] {1, 2, 3}, System.currentTimeMillis() + 60_000);

        int exitCode = doctor(topics, "--format=json");

        assertThat(exitCode).isEqualTo(1);
        JsonNode findings = new ObjectMapper().readTree(out.toString()).get("findings");
        assertThat(findings)
                .anySatisfy(it ->
                        assertFinding(it, "FAIL", "topics", "missing: " + topics.drift.deadLetters(), "topics create"))
                .anySatisfy(it -> assertFinding(it, "FAIL", "topics", "unequal partition counts", "--partitions"))
                .anySatisfy(
                        it -> assertFinding(it, "FAIL", "topics", "cleanup.policy=delete", "cleanup.policy=compact"))
                .anySatisfy(it -> assertFinding(it, "FAIL", "topics", "1000 bytes at most", "max.message.bytes"))
                .anySatisfy(it -> assertFinding(it, "WARN", "topics", "retention.ms=1000000", "on purpose"))
                .anySatisfy(it -> assertFinding(it, "WARN", "messages", topics.stimuli.name(), "dead letter"))
                .anySatisfy(it -> assertFinding(it, "FAIL", "messages", topics.references.name(), "update"))
                .anySatisfy(it -> assertFinding(it, "WARN", "clock", "in the future", "time server"))
                .anySatisfy(it -> assertFinding(it, "FAIL", "models", "its release says", "rollback"));
    }

    @Test
    void shouldNameAChampionThatNoSurrogateWouldServe(@TempDir Path directory) throws IOException {
        Topics topics = SharedBroker.newTopics(2);
        ReleasedChampion.release(kafka, topics, FHN);
        Path trusted = directory.resolve("trusted.pem");
        PemKeys.makePair(directory.resolve("signing.pem"), trusted);

        int exitCode = doctor(topics, "--trusted-keys=" + trusted);

        assertThat(exitCode).as(out.toString()).isEqualTo(1);
        assertThat(out.toString())
                .containsPattern("FAIL +models +the release of fitzhugh-nagumo-1961-\\w+ .*is not signed");
    }

    @Test
    void shouldSayThatThereIsNoBroker() {
        StringWriter said = new StringWriter();

        int exitCode = IonstreamMain.commandLine()
                .setOut(new PrintWriter(said))
                .execute(
                        "doctor",
                        "--device=cpu",
                        "--bootstrap-servers=localhost:" + EmbeddedBroker.freePort(),
                        "--kafka-config=default.api.timeout.ms=1000",
                        "--kafka-config=request.timeout.ms=500");

        assertThat(exitCode).isEqualTo(1);
        assertThat(said.toString()).containsPattern("FAIL +broker").contains("--bootstrap-servers");
    }

    @Test
    void shouldSendWhoHasNoTopicsToTheirCreation() {
        Topics topics = new Topics("none-yet.");

        int exitCode = doctor(topics);

        assertThat(exitCode).isEqualTo(1);
        assertThat(out.toString()).contains("missing: none-yet.audits.v1").contains("-> ionstream topics create");
    }

    private static void assertFinding(JsonNode finding, String level, String place, String found, String remedy) {
        assertThat(finding.get("level").asText()).isEqualTo(level);
        assertThat(finding.get("place").asText()).isEqualTo(place);
        assertThat(finding.get("found").asText()).contains(found);
        assertThat(finding.get("remedy").asText()).contains(remedy);
    }

    private int doctor(Topics topics, String... more) {
        return IonstreamMain.commandLine()
                .setOut(new PrintWriter(out))
                .execute(Stream.concat(
                                Stream.of(
                                        "doctor",
                                        "--device=cpu",
                                        "--bootstrap-servers=" + kafka.bootstrapServers(),
                                        "--prefix=" + topics.prefix()),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private static void alter(Admin admin, String topic, String setting, String value) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        List.of(new AlterConfigOp(new ConfigEntry(setting, value), OpType.SET))))
                .all()
                .get();
    }

    private void send(Topic<?> topic, String key, byte[] value, Long timestamp) throws Exception {
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.producer())) {
            producer.send(new ProducerRecord<>(topic.name(), null, timestamp, key.getBytes(), value))
                    .get();
        }
    }
}
