package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.reference.Reference;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Command;
import org.ionstream.schemas.message.CommandKind;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.message.Route;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.ProtocolLimits;
import org.ionstream.schemas.protocol.UniformAudit;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.surrogate.Surrogate;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.model.ReleaseKeys;
import org.ionstream.trainer.release.BundledChampions;
import org.ionstream.trainer.retraining.Trainer;
import org.ionstream.trainer.tuning.TrialWorker;
import org.ionstream.trainer.tuning.search.SuccessiveHalving;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages with principals of their own on a broker that asks for passwords and rights. */
class SecuredBrokerTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final List<String> USERS = List.of(
            "ionstream-surrogate",
            "ionstream-reference",
            "ionstream-trainer",
            "ionstream-tuning-worker",
            "ionstream-user",
            "an-outsider");

    @TempDir
    private Path directory;

    private final Topics topics = Topics.standard();
    private SecuredBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = new SecuredBroker(directory);
        try (Admin admin = Admin.create(broker.as(SecuredBroker.ADMIN).common())) {
            topics.create(admin, 2, (short) 1);
            List<UserScramCredentialAlteration> users = USERS.stream()
                    .<UserScramCredentialAlteration>map(user -> new UserScramCredentialUpsertion(
                            user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), broker.password()))
                    .toList();
            admin.alterUserScramCredentials(users).all().get();
        }
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void shouldWorkWithTheRightsThatTheCommandGivesAndLetNobodyElseIn() throws Exception {
        assertThat(acls("--apply")).contains("rights are there");
        KafkaSettings user = broker.as("ionstream-user");
        StimulusProtocol protocol = protocol();
        ReleasedChampion.release(
                broker.as("ionstream-trainer"),
                topics,
                BundledChampions.of(CellModels.FITZHUGH_NAGUMO_1961).orElseThrow());

        try (Surrogate surrogate = new Surrogate(SurrogateProcess.settings(broker.as("ionstream-surrogate"), topics));
                Reference reference = reference(0);
                var predictions = new CommittedRecords(user, topics.predictions.name());
                var references = new CommittedRecords(user, topics.references.name());
                var producer = new KafkaProducer<byte[], byte[]>(user.producer())) {
            surrogate.start();
            reference.start();
            producer.send(topics.stimuli.message(protocol.getId(), protocol).toRecord())
                    .get();

            assertThat(predictions.awaitKeys(1, LONGEST)).containsExactly(protocol.getId());
            assertThat(references.awaitKeys(1, LONGEST)).containsExactly(protocol.getId());
        }
        assertThatThrownBy(() -> write(user, topics.models.name()))
                .hasCauseInstanceOf(TopicAuthorizationException.class);
        KafkaSettings outsider = broker.as("an-outsider");
        assertThatThrownBy(() -> write(outsider, topics.stimuli.name()))
                .hasCauseInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> new CommittedRecords(outsider, topics.predictions.name()).await(1, LONGEST))
                .isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void shouldTrainAndTuneWithTheRightsThatTheCommandGives() throws Exception {
        assertThat(acls("--apply")).contains("rights are there");
        KafkaSettings user = broker.as("ionstream-user");
        ReleaseKeys keys = ReleaseKeys.own(directory.resolve("keys"));
        StimulusProtocol protocol = PaperDistribution.of(CellModels.FITZHUGH_NAGUMO_1961).training(1, 30).stream()
                .filter(audited -> UniformAudit.covers(audited.getId(), SmallTrainer.DRIFT.auditShare()))
                .findFirst()
                .orElseThrow();
        Command order = Command.newBuilder()
                .setId("a-study")
                .setCellModel(CellModels.FITZHUGH_NAGUMO_1961.id())
                .setKind(CommandKind.TUNE)
                .setPlan(TinyStudy.plan(2, new SuccessiveHalving(20, 2, 2)).toJson())
                .setWhy("a test")
                .setIssuedAtMs(1)
                .build();

        try (Trainer trainer = new Trainer(trainer(keys), new CompositeMeterRegistry());
                TrialWorker worker = new TrialWorker(new TrialWorker.Settings(
                        broker.as("ionstream-tuning-worker"), topics, "here", directory, ComputeDevice.CPU));
                Surrogate surrogate =
                        new Surrogate(SurrogateProcess.settings(broker.as("ionstream-surrogate"), topics, keys));
                Reference reference = reference(SmallTrainer.DRIFT.auditShare());
                var discrepancies = new CommittedRecords(user, topics.discrepancies.name());
                var results = new CommittedRecords(user, topics.commandResults.name());
                var producer = new KafkaProducer<byte[], byte[]>(user.producer())) {
            trainer.start();
            worker.start();
            surrogate.start();
            reference.start();
            await().atMost(LONGEST).until(() -> surrogate.releases().size() == 1);
            topics.stimuli.message(protocol.getId(), protocol).deliver(producer);
            topics.commands.message(order.getCellModel(), order).deliver(producer);

            assertThat(discrepancies.awaitKeys(1, LONGEST)).containsExactly(protocol.getId());
            assertThat(results.await(2, LONGEST))
                    .extracting(found ->
                            topics.commandResults.wire().decode(found.value()).getStatus())
                    .containsExactly(CommandStatus.ACCEPTED, CommandStatus.FINISHED);
            assertThat(trainer.failure()).isEmpty();
        }
    }

    @Test
    void shouldEndAStageThatHasNoRightsAndSayWhatItNeeds() throws Exception {
        assertThat(acls("--apply", "--stage=surrogate")).contains("rights are there");

        try (Reference reference = reference(0)) {
            reference.start();
            await().atMost(LONGEST).until(() -> reference.failure().isPresent());

            assertThat(reference.failure().orElseThrow())
                    .hasMessageContaining("ionstream.reference is refused by the broker")
                    .hasMessageContaining("give its principal the rights that ionstream acls prints");
        }
    }

    private static StimulusProtocol protocol() {
        return StimulusProtocol.newBuilder(PaperDistribution.of(CellModels.FITZHUGH_NAGUMO_1961)
                        .training(1, 30)
                        .get(10))
                .setRoute(Route.BOTH)
                .build();
    }

    private Trainer.Settings trainer(ReleaseKeys keys) {
        return new Trainer.Settings(
                broker.as("ionstream-trainer"),
                topics,
                directory.resolve("streams"),
                List.of(CellModels.FITZHUGH_NAGUMO_1961),
                SmallTrainer.DRIFT,
                SmallTrainer.RETRAINING,
                keys,
                FnoPredictor.Settings.ON_CPU,
                "test");
    }

    private Reference reference(double auditShare) {
        return new Reference(new Reference.Settings(
                broker.as("ionstream-reference"),
                topics,
                "0",
                SolverSettings.AUDIT,
                auditShare,
                16,
                1,
                ProtocolLimits.DEFAULT));
    }

    private void write(KafkaSettings kafka, String topic) throws ExecutionException, InterruptedException {
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.producer())) {
            producer.send(new ProducerRecord<>(topic, new byte[] {1})).get();
        }
    }

    /** As the administrator, whose password is in a file. */
    private String acls(String... options) throws IOException {
        KafkaSettings admin = broker.as(SecuredBroker.ADMIN);
        Properties secrets = new Properties();
        secrets.putAll(admin.clientOverrides());
        Path file = directory.resolve("admin.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            secrets.store(writer, null);
        }
        StringWriter out = new StringWriter();
        List<String> arguments = new ArrayList<>(
                List.of("acls", "--bootstrap-servers=" + admin.bootstrapServers(), "--kafka-config-file=" + file));
        arguments.addAll(List.of(options));
        IonstreamMain.commandLine().setOut(new PrintWriter(out)).execute(arguments.toArray(String[]::new));
        return out.toString();
    }
}
