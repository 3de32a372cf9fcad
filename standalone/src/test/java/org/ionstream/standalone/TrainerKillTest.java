package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.reference.ReferenceSolver;
import org.ionstream.reference.Solution;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.message.TrainingPhase;
import org.ionstream.schemas.message.TrainingReport;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.faults.KillPoint;
import org.ionstream.surrogate.model.PemKeys;
import org.ionstream.trainer.trust.Shifts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trainer as a process of its own, killed without warning while it trains and while it releases. */
class TrainerKillTest {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final String CELL_MODEL = CellModels.FITZHUGH_NAGUMO_1961.id();
    private static final int STEPS_PER_CHECKPOINT = 40;
    /** Enough to beat the champion on pulse trains. */
    private static final int STEPS = 120;

    @TempDir
    private Path directory;

    private final KafkaSettings kafka = SharedBroker.kafka();
    private final Topics topics = SharedBroker.newTopics(2);
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void killWhatIsLeft() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void shouldGoOnFromTheCheckpointAndAnswerTheCommandOnce() throws Exception {
        publishReferences(PaperDistribution.of(CellModels.FITZHUGH_NAGUMO_1961).training(6, 60));
        Process killed = trainer(240);
        String command = ordered();
        await().atMost(LONGEST)
                .until(() -> reports().stream().anyMatch(report -> report.getStep() > STEPS_PER_CHECKPOINT));
        killed.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        List<TrainingReport> before = reports();

        trainer(240);
        await().atMost(LONGEST)
                .until(() ->
                        results(command).stream().anyMatch(result -> result.getStatus() == CommandStatus.FINISHED));

        List<TrainingReport> after = reports().subList(before.size(), reports().size());
        String runId = before.get(before.size() - 1).getRunId();
        assertThat(after.get(0).getPhase()).isEqualTo(TrainingPhase.TRAINING);
        assertThat(after.get(0).getDetail()).startsWith("goes on after a restart");
        assertThat(after).extracting(TrainingReport::getRunId).containsOnly(runId);
        assertThat(after.get(1).getStep()).isGreaterThan(STEPS_PER_CHECKPOINT);
        assertThat(after.get(after.size() - 1).getPhase()).isIn(TrainingPhase.PROMOTED, TrainingPhase.REJECTED);
        assertThat(results(command))
                .extracting(CommandResult::getStatus)
                .containsExactly(CommandStatus.ACCEPTED, CommandStatus.FINISHED);
        assertThat(directory.resolve("state/trainings")).isEmptyDirectory();
        boolean promoted = after.get(after.size() - 1).getPhase() == TrainingPhase.PROMOTED;
        assertThat(champions())
                .hasSize(promoted ? 2 : 1)
                .extracting(ModelRelease::getModelId)
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldReleaseOnceWhereverThePromotionIsKilled() throws Exception {
        publishReferences(Shifts.PULSE_TRAINS.protocols(CellModels.FITZHUGH_NAGUMO_1961, 3, 150));
        Process orderly = trainer(STEPS);
        await().atMost(LONGEST).until(() -> champions().size() == 1);
        orderly.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        String command = ordered();

        for (String atTopic : List.of(topics.modelArtifacts, topics.models.name(), topics.commandResults.name())) {
            killedBySelf(trainer(STEPS, "-Dkill.at.send=" + atTopic));
            assertThat(champions()).as("at %s", atTopic).hasSize(1);
        }
        killedBySelf(trainer(STEPS, "-Dkill.at.read=" + topics.models.name()));
        assertThat(champions())
                .as("committed, and killed before the journal's end")
                .hasSize(2);
        trainer(STEPS);
        await().atMost(LONGEST)
                .untilAsserted(
                        () -> assertThat(directory.resolve("state/trainings")).isEmptyDirectory());

        assertThat(champions()).hasSize(2).extracting(ModelRelease::getModelId).doesNotHaveDuplicates();
        assertThat(results(command))
                .extracting(CommandResult::getStatus)
                .containsExactly(CommandStatus.ACCEPTED, CommandStatus.FINISHED);
        assertThat(reports())
                .extracting(TrainingReport::getPhase)
                .containsOnlyOnce(TrainingPhase.PROMOTED)
                .doesNotContain(TrainingPhase.FAILED, TrainingPhase.REJECTED);
    }

    private static void killedBySelf(Process trainer) throws InterruptedException {
        assertThat(trainer.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(trainer.exitValue()).isEqualTo(KillPoint.EXIT_CODE);
    }

    private List<ModelRelease> champions() {
        return all(topics.models).stream()
                .filter(release -> release.getAlias().equals("champion"))
                .toList();
    }

    private void publishReferences(List<StimulusProtocol> protocols) throws Exception {
        ReferenceSolver solver = new ReferenceSolver(SolverSettings.AUDIT);
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.producer())) {
            for (StimulusProtocol protocol : protocols) {
                Solution solution = solver.solve(Stimulus.of(protocol));
                ReferenceSolution reference = ReferenceSolution.newBuilder()
                        .setId(protocol.getId())
                        .setCellModel(CELL_MODEL)
                        .setProtocol(protocol)
                        .setReason(AuditReason.UNIFORM)
                        .setProbability(1)
                        .setOutcome(solution.outcome())
                        .setTrajectory(solution.toTraces(CellModels.FITZHUGH_NAGUMO_1961)
                                .toMessage())
                        .setSolver(solution.solver())
                        .build();
                producer.send(topics.references
                                .message(protocol.getId(), reference)
                                .toRecord())
                        .get();
            }
        }
    }

    private String ordered() {
        StringWriter out = new StringWriter();
        int exitCode = IonstreamMain.commandLine()
                .setOut(new PrintWriter(out))
                .execute(
                        "retrain",
                        "--bootstrap-servers=" + kafka.bootstrapServers(),
                        "--prefix=" + topics.prefix(),
                        "--cell-model=" + CELL_MODEL,
                        "--wait-seconds=0");
        assertThat(exitCode).isZero();
        return out.toString().strip().replace("ordered, command ", "");
    }

    /** @param killPoint of the virtual machine; none: it is not killed by itself */
    private Process trainer(int steps, String... killPoint) throws IOException {
        Path log = Files.createTempFile(directory, "trainer", ".txt");
        Path signingKey = directory.resolve("keys/signing.pem");
        Path trustedKey = directory.resolve("keys/trusted.pem");
        PemKeys.makePair(signingKey, trustedKey);
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx1g"));
        command.addAll(List.of(killPoint));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                IonstreamMain.class.getName(),
                "trainer",
                "--kafka-config=interceptor.classes=" + KillPoint.class.getName(),
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--prefix=" + topics.prefix(),
                "--cell-model=" + CELL_MODEL,
                "--state=" + directory.resolve("state"),
                "--signing-key=" + signingKey,
                "--trusted-keys=" + trustedKey,
                "--device=cpu",
                "--training-anew=NEVER",
                "--training-steps=" + steps,
                "--fresh-references=10",
                "--base-protocols=60",
                "--targeted-protocols=20",
                "--tolerated-regression=1000"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        started.add(process);
        return process;
    }

    private List<TrainingReport> reports() {
        return all(topics.training);
    }

    private List<CommandResult> results(String command) {
        return all(topics.commandResults).stream()
                .filter(result -> result.getCommandId().equals(command))
                .toList();
    }

    private <T extends SpecificRecord> List<T> all(Topic<T> topic) {
        try (var records = new CommittedRecords(kafka, topic.name())) {
            return records.await(0, Duration.ZERO).stream()
                    .map(record -> topic.wire().decode(record.value()))
                    .toList();
        }
    }
}
