package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.message.Trial;
import org.ionstream.schemas.message.TrialOutcome;
import org.ionstream.schemas.message.TrialResult;
import org.ionstream.schemas.stream.DeadLetters;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.broker.EmbeddedBroker;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.trainer.tuning.StudyPlan;
import org.ionstream.trainer.tuning.StudyReport;
import org.ionstream.trainer.tuning.StudyRun;
import org.ionstream.trainer.tuning.TrialWorker;
import org.ionstream.trainer.tuning.search.SuccessiveHalving;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Studies on a real broker: workers that are killed, a run that is lost, the command. */
class TuningTest {
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final String STUDY = "tiny";

    private final KafkaSettings kafka = SharedBroker.kafka();
    private final Topics topics = SharedBroker.newTopics(4);
    private final List<Process> started = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void killWhatIsLeft() {
        started.forEach(Process::destroyForcibly);
    }

    private StudyRun run(StudyPlan plan) {
        return new StudyRun(new StudyRun.Settings(kafka, topics, STUDY, plan));
    }

    private static void advanceUntil(StudyRun run, BooleanSupplier condition) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            run.advance();
            assertThat(System.nanoTime()).as("time, %s", run.report()).isLessThan(end);
        }
    }

    @Test
    void shouldTakeOverTheTrialOfAKilledWorkerAndCountEachOnce() throws Exception {
        SuccessiveHalving halving = new SuccessiveHalving(400, 2, 2);
        try (StudyRun run = run(TinyStudy.plan(3, halving))) {
            Process killed = worker("first", directory);
            Path checkpoint = directory.resolve("checkpoints/tiny/0.checkpoint");
            advanceUntil(run, () -> Files.exists(checkpoint));
            killed.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            run.advance();
            assertThat(run.report().rows()).as("the trial that was killed").isEmpty();

            worker("second", directory);
            advanceUntil(run, run::isFinished);

            assertThat(run.report().rows()).hasSize(3).noneMatch(StudyReport.Row::failed);
            List<TrialResult> results = results(
                    run.report().rows().stream().mapToInt(row -> row.rung() + 1).sum());
            assertThat(results)
                    .allMatch(result -> result.getOutcome() == TrialOutcome.TRAINED)
                    .allMatch(result -> result.getWorker().equals("second"))
                    .extracting(result -> result.getNumber() + "/" + result.getRung())
                    .doesNotHaveDuplicates()
                    .contains("0/0", "0/1", "1/0", "2/0");
            assertThat(results)
                    .filteredOn(result -> result.getNumber() == 0 && result.getRung() == 0)
                    .allMatch(result -> result.getResumedFromStep() > 0);
        }
    }

    @Test
    void shouldGoOnWithAStudyWhoseRunIsLost() {
        StudyPlan plan = TinyStudy.plan(5, new SuccessiveHalving(20, 2, 2));
        TrialWorker worker =
                new TrialWorker(new TrialWorker.Settings(kafka, topics, "here", directory, ComputeDevice.CPU));
        try (StudyRun lost = run(plan);
                worker) {
            worker.start();
            advanceUntil(lost, () -> lost.report().rows().size() >= 2);

            try (StudyRun next = run(plan)) { // the lost one was not closed
                assertThat(next.begun()).isGreaterThanOrEqualTo(2);
                advanceUntil(next, next::isFinished);

                assertThat(next.report().rows()).hasSize(5);
                assertThat(results(6))
                        .extracting(result -> result.getNumber() + "/" + result.getRung())
                        .doesNotHaveDuplicates();
            }
            try (StudyRun further = run(TinyStudy.plan(7, new SuccessiveHalving(20, 2, 2)))) {
                assertThat(further.isFinished()).isFalse();
                advanceUntil(further, further::isFinished);
                assertThat(further.report().rows()).hasSize(7);
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> run(TinyStudy.plan(5, new SuccessiveHalving(30, 2, 2))))
                    .withMessageContaining("there is a study tiny with another plan");
        }
    }

    @Test
    void shouldEndARunWhenAnotherOneDrivesItsStudy() {
        StudyPlan plan = TinyStudy.plan(50, new SuccessiveHalving(4, 2, 1));
        TrialWorker worker =
                new TrialWorker(new TrialWorker.Settings(kafka, topics, "here", directory, ComputeDevice.CPU));
        try (StudyRun first = run(plan);
                StudyRun second = run(plan);
                worker) {
            worker.start();
            assertThat(second.begun()).isZero();

            assertThatExceptionOfType(KafkaException.class).isThrownBy(() -> advanceUntil(first, first::isFinished));
        }
    }

    @Test
    void shouldLeadAStudyThatWasOrderedAndGoOnAfterTheTrainerWasKilled() throws Exception {
        int ordered = IonstreamMain.commandLine()
                .execute(
                        "tune",
                        "order",
                        "--bootstrap-servers=" + kafka.bootstrapServers(),
                        "--prefix=" + topics.prefix(),
                        "--cell-model=fitzhugh-nagumo-1961",
                        "--recipe=paper-constrained",
                        "--trials=4",
                        "--least-steps=2",
                        "--rungs=1",
                        "--protocols=8",
                        "--samples=64",
                        "--largest-parameters=600000",
                        "--wait-seconds=0");
        assertThat(ordered).isZero();
        TrialWorker worker =
                new TrialWorker(new TrialWorker.Settings(kafka, topics, "here", directory, ComputeDevice.CPU));
        try (worker) {
            worker.start();
            Process killed = trainer("killed");
            results(1);
            killed.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            trainer("next");

            CommandResult last = answers(2).get(1);

            assertThat(last.getStatus()).isEqualTo(CommandStatus.FINISHED);
            assertThat(last.getDetail()).contains("best of 4 trials is number", "the recipe it began with");
            assertThat(results(4)).extracting(TrialResult::getStudy).containsOnly(last.getCommandId());
        }
    }

    @Test
    void shouldCountATrialAmongTheDeadLettersAsFailed() throws Exception {
        StudyPlan plan = TinyStudy.plan(2, new SuccessiveHalving(4, 2, 1));
        Trial trial = Trial.newBuilder()
                .setStudy(STUDY)
                .setNumber(0)
                .setRung(0)
                .setSteps(4)
                .setCellModel(plan.cellModel())
                .setRecipe("{}")
                .setValues(Map.of())
                .setPlan(plan.toJson())
                .setAtMs(1)
                .build();
        Outgoing order = topics.trials.message(STUDY + "/0", trial);
        Map<String, String> headers =
                DeadLetters.headers(new RecordHeaders(), "tuning", "trials-0@0", "a recipe without a network");
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.producer())) {
            producer.send(order.toRecord()).get();
            producer.send(new Outgoing(topics.trials.deadLetters(), order.key(), order.value(), headers).toRecord())
                    .get();
        }

        try (StudyRun run = run(plan)) {
            assertThat(run.report().rows()).hasSize(1).allMatch(StudyReport.Row::failed);
            assertThat(run.report().rows().get(0).detail()).contains("refused", "a recipe without a network");
        }
    }

    private Process trainer(String name) throws IOException {
        return process(
                name,
                "trainer",
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--prefix=" + topics.prefix(),
                "--cell-model=fitzhugh-nagumo-1961",
                "--state=" + directory.resolve("trainer"),
                "--allow-unsigned",
                "--device=cpu");
    }

    private List<CommandResult> answers(int count) {
        try (var committed = new CommittedRecords(kafka, topics.commandResults.name())) {
            return committed.await(count, LONGEST).stream()
                    .map(found -> topics.commandResults.wire().decode(found.value()))
                    .toList();
        }
    }

    @Test
    void shouldTuneOnItsOwnBrokerAndShowTheStudyAgain() throws Exception {
        String[] arguments = {
            "tune",
            "--cell-model=fitzhugh-nagumo-1961",
            "--recipe=paper-constrained",
            "--trials=2",
            "--least-steps=2",
            "--rungs=1",
            "--protocols=8",
            "--samples=64",
            "--largest-parameters=600000",
            "--state=" + directory.resolve("state"),
            "--port=" + EmbeddedBroker.freePort(),
            "--plots=" + directory.resolve("plots")
        };

        Process first = process("tune", arguments);
        assertThat(first.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue())
                .as(Files.readString(directory.resolve("tune.txt")))
                .isZero();

        assertThat(Files.readString(directory.resolve("tune.txt")))
                .contains("2 of 2 with a result", "peak learning rate", "tuning-parameters.svg");
        assertThat(directory.resolve("plots")).isDirectoryContaining("glob:**tuning-history.png");
        arguments[arguments.length - 1] = "--format=json";
        Process again = process("again", arguments);
        assertThat(again.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(directory.resolve("again.txt")))
                .contains("2 trials have a result", "\"isFinished\" : true", "\"training.weightDecay\" : \"");
    }

    private List<TrialResult> results(int count) {
        try (var committed = new CommittedRecords(kafka, topics.trialResults.name())) {
            return committed.await(count, Duration.ofSeconds(30)).stream()
                    .map(found -> topics.trialResults.wire().decode(found.value()))
                    .toList();
        }
    }

    private Process worker(String instance, Path state) throws IOException {
        return process(
                instance,
                "tune",
                "worker",
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--prefix=" + topics.prefix(),
                "--instance=" + instance,
                "--state=" + state,
                "--kafka-config=session.timeout.ms=6000");
    }

    private Process process(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx1g",
                IonstreamMain.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".txt").toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        started.add(process);
        return process;
    }
}
